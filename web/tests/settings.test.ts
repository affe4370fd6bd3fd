import { describe, expect, it, vi } from 'vitest'

vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => undefined })
const { defaults, parseSettings } = await import('../src/state/settings.svelte')
const { parseMeters } = await import('../src/state/meters.svelte')

describe('settings from storage', () => {
  it('are the defaults where there are none, or nothing readable', () => {
    expect(parseSettings(null)).toEqual(defaults)
    expect(parseSettings('{')).toEqual(defaults)
    expect(parseSettings('[1]')).toEqual(defaults)
  })

  it('keep what fits and drop what does not', () => {
    const stored = {
      count: 7,
      digits: 'alt',
      theme: 'pink',
      fontSize: 900,
      languages: ['en'],
      x: 1,
    }
    const settings = parseSettings(JSON.stringify(stored))
    expect(settings).toEqual({ ...defaults, count: 7, digits: 'alt', languages: ['en'] })
  })

  it('leave Tab, Enter and arrows to the writer by default', () => {
    expect([defaults.tabAccepts, defaults.enterAccepts, defaults.downEnters]).toEqual([
      false,
      false,
      false,
    ])
  })
})

describe('meters from storage', () => {
  it('begin anew where the stored ones are damaged', () => {
    expect(parseMeters('{"counts":{"keys":"many"}}').counts.keys).toBe(0)
    const counts = { keys: 3, characters: 8, picks: 1 }
    expect(parseMeters(JSON.stringify({ counts })).counts).toEqual(counts)
  })
})

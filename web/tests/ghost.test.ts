import { describe, expect, it } from 'vitest'
import type { Offer, Offers } from '../src/api/types'
import { firstWord, noGhost, restOf, typeThrough, withOffers } from '../src/lib/ghost'
import { lanes, worthShowing } from '../src/lib/rows'

function offer(text: string, probability = 0.25): Offer {
  const words = text.split(' ').length
  const kind = words > 1 ? 'phrase' : 'word'
  return { text, kind, words, probability, bits: -Math.log2(probability), order: 3, language: 'en' }
}

function offers(typed: string, words: Offer[], phrases: Offer[] = []): Offers {
  return { typed, words, phrases, languages: [], microseconds: 10 }
}

describe('ghost text', () => {
  it('is what the phrase adds to the letters typed, in any case', () => {
    expect(restOf('To see you', 'to')).toBe(' see you')
    expect(restOf('привет всем', 'ghb')).toBeNull()
    expect(withOffers(noGhost, offers('to', [], [offer('to see you')]))).toEqual({
      text: ' see you',
      offered: true,
    })
    expect(withOffers(noGhost, offers('x', []))).toEqual(noGhost)
  })

  it('gives way letter by letter, and goes when something else is typed', () => {
    const ghost = typeThrough({ text: 'see you', offered: true }, 's')
    expect(ghost).toEqual({ text: 'ee you', offered: false })
    expect(typeThrough(ghost, 'x')).toEqual(noGhost)
    expect(typeThrough(ghost, '')).toEqual(noGhost)
  })

  it('stays while it is typed through, whatever is offered, and grows with a longer phrase', () => {
    const ghost = { text: 'ee you', offered: false }
    expect(withOffers(ghost, offers('s', [], []))).toEqual(ghost)
    expect(withOffers(ghost, offers('s', [], [offer('so it is')]))).toEqual(ghost)
    expect(withOffers(ghost, offers('s', [], [offer('see you')]))).toEqual({
      text: 'ee you',
      offered: true,
    })
    expect(withOffers(ghost, offers('s', [], [offer('see you again')]))).toEqual({
      text: 'ee you again',
      offered: true,
    })
  })

  it('can be taken word by word', () => {
    expect(firstWord(' see you')).toBe(' see')
    expect(firstWord('ee you')).toBe('ee')
    expect(firstWord('you')).toBe('you')
  })
})

describe('rows', () => {
  it('are words, then phrases, then initials, under the digits 1 to 9', () => {
    const shown = lanes(
      offers('sy', [offer('sync', 0.01)], [offer('sync it all')]),
      [offer('see you', 0.1)],
      [],
      30,
      false,
    )
    expect(shown).toHaveLength(1)
    expect(shown[0]?.rows.map(({ list, index, digit }) => [list, index, digit])).toEqual([
      ['words', 0, 1],
      ['phrases', 0, 2],
      ['initials', 0, 3],
    ])
  })

  it('hide words of too much surprise, and keep the places the server knows', () => {
    const words = [offer('a', 0.5), offer('rare', 0.001), offer('b', 0.25)]
    const rows = lanes(offers('', words), [], [], 5, false)[0]?.rows
    expect(rows?.map(({ index, digit }) => [index, digit])).toEqual([
      [0, 1],
      [2, 2],
    ])
  })

  it('show initials only where they beat the best word', () => {
    const initials = [offer('see you', 0.1)]
    expect(worthShowing(initials, offers('sy', [offer('sync', 0.2)]), [])).toBe(false)
    expect(worthShowing(initials, offers('sy', []), [])).toBe(true)
    expect(worthShowing([], offers('sy', []), [])).toBe(false)
  })

  it('show initials for no word that was passed over and still begins as typed', () => {
    const initials = [offer('see you', 0.1)]
    const list = offers('Sy', [offer('symbol', 0.01)])
    expect(worthShowing(initials, list, [offer('system', 0.2)])).toBe(false)
    expect(worthShowing(initials, list, [offer('see', 0.2)])).toBe(true)
    expect(worthShowing(initials, list, [{ ...offer('ын', 0.2), kind: 'retyped' }])).toBe(false)
    expect(lanes(list, initials, [offer('system', 0.2)], 30, false)[0]?.rows).toHaveLength(1)
  })

  it('leave the typical lane as it is when the others are shown, empty or not', () => {
    const words = [offer('a', 0.5), offer('b', 0.25)]
    const typical = lanes(offers('', words), [], [], 30, false)
    const all = lanes({ ...offers('', words), genius: [offer('c', 0.001)] }, [], [], 5, true)
    expect(all.map(({ id }) => id)).toEqual(['typical', 'rare', 'genius'])
    expect(all[0]).toEqual(typical[0])
    expect(all[1]?.rows).toEqual([])
    expect(all[2]?.rows).toEqual([{ list: 'genius', index: 0, digit: 1, offer: offer('c', 0.001) }])
  })

  it('have no lane where there is nothing to show', () => {
    expect(lanes(null, [], [], 30, true)).toEqual([])
    expect(lanes(offers('', []), [], [], 30, true)).toEqual([])
  })
})

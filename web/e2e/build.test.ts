// What the browser has to fetch before somebody can write, and what may be in it.

import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'

const dist = path.resolve(import.meta.dirname, '../dist')
const MOST_BYTES = 130_000

describe('the build', () => {
  it('needs at most 130 KB, compressed, to begin', async () => {
    const html = await readFile(path.join(dist, 'index.html'), 'utf8')
    const names = [...html.matchAll(/(?:src|href)="\/([^"]+)"/gu)].map(([, name]) => name ?? '')
    expect(names.filter((name) => name.endsWith('.js'))).not.toEqual([])
    const files = await Promise.all(names.map((name) => readFile(path.join(dist, name))))
    const sizes = [Buffer.from(html), ...files].map((file) => gzipSync(file, { level: 9 }).length)
    const total = sizes.reduce((sum, size) => sum + size, 0)
    console.log(`first load: ${String(total)} bytes`)
    expect(total).toBeLessThanOrEqual(MOST_BYTES)
  })

  it('has no inline script or style, no address of others, and nothing of the mock', async () => {
    const html = await readFile(path.join(dist, 'index.html'), 'utf8')
    expect(html).not.toMatch(/<style|style=|<script(?![^>]*src=)/u)
    const assets = path.join(dist, 'assets')
    for (const name of await readdir(assets)) {
      expect(name).toMatch(/-[\w-]{8}\.(js|css)$/u)
      const text = await readFile(path.join(assets, name), 'utf8')
      expect(text, name).not.toContain('tercet-mock')
      expect(text, name).not.toContain('Looking forward to seeing you')
      expect(text.match(/(?:fetch|import)\(["']https?:/gu), name).toBeNull()
    }
  })
})

import { describe, expect, it } from 'vitest'
import type { Branch } from '../src/api/types'
import {
  bitsOf,
  children,
  cut,
  grow,
  join,
  keep,
  path,
  placeIn,
  plant,
  prune,
  putInto,
  ROOT,
  textOf,
} from '../src/lib/tree'

const branch = (text: string): Branch => ({ text, probability: 0.25, bits: 2 })

function sample() {
  let tree = plant('t', 0, 'I would like')
  tree = grow(tree, ROOT, [branch('to see'), branch('a cup')])
  const [see, cup] = children(tree, ROOT)
  tree = grow(tree, see?.id ?? 0, [branch('you again'), branch(', and')])
  return { tree, see: see?.id ?? 0, cup: cup?.id ?? 0, again: tree.nodes[2]?.id ?? 0 }
}

describe('the tree of branches', () => {
  it('grows, and adds no continuation twice', () => {
    const { tree, see } = sample()
    expect(tree.nodes).toHaveLength(4)
    const more = grow(tree, see, [branch('you again'), branch('the sea'), branch('')])
    expect(more.nodes).toHaveLength(5)
    expect(new Set(more.nodes.map(({ id }) => id)).size).toBe(5)
  })

  it('knows the way, the text and the surprise of each node', () => {
    const { tree, see, again } = sample()
    expect(path(tree, again).map(({ id }) => id)).toEqual([see, again])
    expect(textOf(tree, again)).toBe('to see you again')
    expect(bitsOf(tree, again)).toBe(4)
    expect(textOf(tree, ROOT)).toBe('')
  })

  it('joins words by a space, and signs by none', () => {
    expect(join('to see', 'you')).toBe('to see you')
    expect(join('to see', ', and')).toBe('to see, and')
    expect(join('to see ', 'you')).toBe('to see you')
    expect(join('', 'You')).toBe('You')
  })

  it('cuts a node with all that grows from it, and prunes what is not kept', () => {
    const { tree, see, cup, again } = sample()
    expect(cut(tree, see).nodes.map(({ id }) => id)).toEqual([cup])
    expect(prune(keep(tree, again, true)).nodes.map(({ id }) => id)).toEqual([see, again])
    expect(prune(tree).nodes).toEqual([])
  })

  it('puts a node into the text, and another one in its place', () => {
    const { tree, cup, again } = sample()
    const text = 'I would like'
    const first = putInto(tree, again, text)
    expect(first).toEqual({ from: 12, to: 12, insert: ' to see you again' })
    const now = `${text}${first?.insert ?? ''}.`
    const second = putInto({ ...tree, put: first?.insert ?? '' }, cup, now)
    expect(second).toEqual({ from: 12, to: 29, insert: ' a cup' })
  })

  it('finds its place again after changes elsewhere, and says when it is gone', () => {
    const { tree, cup } = sample()
    expect(placeIn(tree, 'Dear Ann, I would like')).toBe(22)
    expect(placeIn(tree, 'Something else')).toBeNull()
    expect(putInto(tree, cup, 'Something else')).toBeNull()
  })
})

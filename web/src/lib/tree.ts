// Continuations of one place in a text, kept as a tree (a loom).

import type { Branch } from '../api/types'

export interface TreeNode {
  id: number
  parent: number
  text: string
  bits: number
  kept: boolean
}

/** `place` is where the tree stood when it was planted; `context` finds it again. */
export interface Tree {
  id: string
  created: number
  place: number
  context: string
  nodes: TreeNode[]
  lastId: number
  /** What of the tree stands in the text now. */
  put: string
}

/** The place itself, before any continuation. */
export const ROOT = 0

const CONTEXT_UNITS = 200

export function plant(id: string, created: number, before: string): Tree {
  const context = before.slice(-CONTEXT_UNITS)
  return { id, created, place: before.length, context, nodes: [], lastId: ROOT, put: '' }
}

export function children(tree: Tree, parent: number): TreeNode[] {
  return tree.nodes.filter((node) => node.parent === parent)
}

/** The way from the place to a node, the node last. */
export function path(tree: Tree, id: number): TreeNode[] {
  const way: TreeNode[] = []
  let node = tree.nodes.find((candidate) => candidate.id === id)
  while (node) {
    way.unshift(node)
    const parent = node.parent
    node = tree.nodes.find((candidate) => candidate.id === parent)
  }
  return way
}

const JOINS = /^[\p{L}\p{N}]/u

/** Two pieces of text with one space between them where words meet. */
export function join(before: string, after: string): string {
  const apart = before === '' || /\s$/u.test(before) || !JOINS.test(after)
  return before + (apart ? '' : ' ') + after
}

/** The text that a node stands for, from the place on. */
export function textOf(tree: Tree, id: number): string {
  return path(tree, id).reduce((text, node) => join(text, node.text), '')
}

/** Surprise adds up along the way. */
export function bitsOf(tree: Tree, id: number): number {
  return path(tree, id).reduce((bits, node) => bits + node.bits, 0)
}

/** Continuations that the node has already are not added twice. */
export function grow(tree: Tree, parent: number, branches: readonly Branch[]): Tree {
  const there = new Set(children(tree, parent).map((node) => node.text))
  const fresh = branches.filter((branch) => branch.text !== '' && !there.has(branch.text))
  const added = fresh.map(({ text, bits }, index) => ({
    id: tree.lastId + 1 + index,
    parent,
    text,
    bits,
    kept: false,
  }))
  return { ...tree, nodes: [...tree.nodes, ...added], lastId: tree.lastId + added.length }
}

export function keep(tree: Tree, id: number, kept: boolean): Tree {
  return {
    ...tree,
    nodes: tree.nodes.map((node) => (node.id === id ? { ...node, kept } : node)),
  }
}

/** Removes a node and all that grows from it. */
export function cut(tree: Tree, id: number): Tree {
  return {
    ...tree,
    nodes: tree.nodes.filter((node) => !path(tree, node.id).some((n) => n.id === id)),
  }
}

/** Removes what is neither kept nor on the way to something kept. */
export function prune(tree: Tree): Tree {
  const stays = new Set(
    tree.nodes.filter((node) => node.kept).flatMap((node) => path(tree, node.id).map((n) => n.id)),
  )
  return { ...tree, nodes: tree.nodes.filter((node) => stays.has(node.id)) }
}

/** Where the tree's place is in the text as it stands now; null: the writer has rewritten it. */
export function placeIn(tree: Tree, text: string): number | null {
  if (text.slice(0, tree.place).endsWith(tree.context)) return tree.place
  if (tree.context === '') return 0
  const found = text.lastIndexOf(tree.context)
  return found < 0 ? null : found + tree.context.length
}

/** Puts a node's text at the tree's place, instead of what was put there before if it still stands. */
export function putInto(
  tree: Tree,
  id: number,
  text: string,
): { from: number; to: number; insert: string } | null {
  const from = placeIn(tree, text)
  if (from === null) return null
  const joined = join(tree.context, textOf(tree, id))
  const stands = tree.put !== '' && text.startsWith(tree.put, from)
  return {
    from,
    to: stands ? from + tree.put.length : from,
    insert: joined.slice(tree.context.length),
  }
}

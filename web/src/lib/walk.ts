// The arrow keys in the lists: along the list in which the focus is, and across to the others.

export interface Place {
  list: number
  item: number
}

type Direction = 'on' | 'back' | 'over' | 'backOver'

const columns: Record<string, Direction> = {
  ArrowDown: 'on',
  ArrowUp: 'back',
  ArrowRight: 'over',
  ArrowLeft: 'backOver',
}
/** In a strip, a list is a row. */
const rows: Record<string, Direction> = {
  ArrowRight: 'on',
  ArrowLeft: 'back',
  ArrowDown: 'over',
  ArrowUp: 'backOver',
}

function around(size: number, at: number): number {
  return (at + size) % size
}

/**
 * Where a key leads from a place in lists of these sizes, of which none is empty; null: it is no such
 * key. Where there is one list, all arrows go along it.
 */
export function walk(key: string, from: Place, sizes: readonly number[], strip: boolean) {
  const direction = (strip ? rows : columns)[key]
  if (!direction) return null
  const by = direction === 'on' || direction === 'over' ? 1 : -1
  if (sizes.length === 1 || direction === 'on' || direction === 'back') {
    return { list: from.list, item: around(sizes[from.list] ?? 1, from.item + by) }
  }
  const list = around(sizes.length, from.list + by)
  return { list, item: Math.min(from.item, (sizes[list] ?? 1) - 1) }
}

/** The last so many measurements, oldest first. */
export class Samples {
  private readonly room: number
  private values: number[] = []

  constructor(room = 200) {
    this.room = room
  }

  add(value: number): void {
    this.values.push(value)
    if (this.values.length > this.room) this.values.shift()
  }

  list(): readonly number[] {
    return this.values
  }

  last(): number | null {
    return this.values.at(-1) ?? null
  }

  median(): number | null {
    if (this.values.length === 0) return null
    const sorted = [...this.values].sort((a, b) => a - b)
    const middle = sorted.length >> 1
    const upper = sorted[middle] ?? 0
    return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2
  }
}

// Short messages at the edge of the page; one that can be undone stays longer.

export interface Notice {
  id: number
  text: string
  undo?: () => void
}

const MILLISECONDS = 6000
const UNDO_MILLISECONDS = 20_000

class Notices {
  list = $state.raw<Notice[]>([])
  private lastId = 0

  say(text: string, undo?: () => void): void {
    this.lastId += 1
    const id = this.lastId
    this.list = [...this.list, { id, text, ...(undo && { undo }) }]
    setTimeout(
      () => {
        this.dismiss(id)
      },
      undo ? UNDO_MILLISECONDS : MILLISECONDS,
    )
  }

  dismiss(id: number): void {
    this.list = this.list.filter((notice) => notice.id !== id)
  }
}

export const notices = new Notices()

// Short messages at the edge of the page; one that offers something to do stays longer.

export interface Notice {
  id: number
  text: string
  act?: () => void
  /** On the button that does it; unless given, it undoes. */
  label?: string
}

const MILLISECONDS = 6000
const ACT_MILLISECONDS = 20_000

class Notices {
  list = $state.raw<Notice[]>([])
  private lastId = 0

  say(text: string, act?: () => void, label?: string): void {
    this.lastId += 1
    const id = this.lastId
    this.list = [...this.list, { id, text, ...(act && { act }), ...(label && { label }) }]
    setTimeout(
      () => {
        this.dismiss(id)
      },
      act ? ACT_MILLISECONDS : MILLISECONDS,
    )
  }

  dismiss(id: number): void {
    this.list = this.list.filter((notice) => notice.id !== id)
  }
}

export const notices = new Notices()

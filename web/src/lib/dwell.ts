// Resting the pointer (or the gaze that moves it) on a control chooses it. One pair of eyes on the
// whole page, so that no control can be forgotten.

const TARGETS = 'button, [role="option"], summary, a[href], input[type="checkbox"]'

export class Dwell {
  private readonly root: Document
  private readonly milliseconds: number
  private target: HTMLElement | null = null
  /** Chosen already: the pointer must leave before it can choose the same again. */
  private spent: HTMLElement | null = null
  private timer: ReturnType<typeof setTimeout> | undefined

  constructor(root: Document, milliseconds: number) {
    this.root = root
    this.milliseconds = milliseconds
    root.addEventListener('pointermove', this.move)
    root.documentElement.style.setProperty('--dwell', `${String(milliseconds)}ms`)
  }

  stop(): void {
    this.root.removeEventListener('pointermove', this.move)
    this.leave()
  }

  private readonly move = (event: PointerEvent): void => {
    const under = event.target instanceof Element ? event.target.closest(TARGETS) : null
    const target = under instanceof HTMLElement ? under : null
    if (target !== this.spent) this.spent = null
    if (target === this.target) return
    this.leave()
    if (target && target !== this.spent) this.enter(target)
  }

  private enter(target: HTMLElement): void {
    this.target = target
    target.classList.add('dwelling')
    this.timer = setTimeout(() => {
      this.leave()
      this.spent = target
      if (target.isConnected) target.click()
    }, this.milliseconds)
  }

  private leave(): void {
    clearTimeout(this.timer)
    this.target?.classList.remove('dwelling')
    this.target = null
  }
}

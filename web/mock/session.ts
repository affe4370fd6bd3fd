import type {
  Offer,
  Offers,
  OfferList,
  Reply,
  Request,
  SessionOptions,
  TextEdit,
} from '../src/api/types.ts'
import { unitsOfLast } from '../src/lib/text.ts'
import { branch, initials, suggest } from './predict.ts'

/** One page that writes. Spaces after picks are moved as the real session does, roughly. */
export class MockSession {
  private readonly learn: (word: string, source: string) => void
  private before = ''
  private options: SessionOptions = {}
  private spaceIsOurs = false
  private latest: Offers = suggest('', {})
  private initials: Offer[] = []

  constructor(learn: (word: string, source: string) => void) {
    this.learn = learn
  }

  answer(request: Request & { id: number }): Reply[] {
    const { id } = request
    switch (request.type) {
      case 'open':
        this.before = request.before
        this.options = request.options
        this.spaceIsOurs = false
        return [this.offers(id)]
      case 'update':
        this.before = request.before
        this.spaceIsOurs = false
        return [this.offers(id)]
      case 'edit':
        this.apply(request)
        this.spaceIsOurs = false
        return [this.offers(id), ...this.finished(request.insert)]
      case 'type': {
        const edit = this.spaced(request.characters)
        this.apply(edit)
        return [this.offers(id, edit), ...this.finished(request.characters)]
      }
      case 'pick': {
        const edit = this.pick(request.list, request.index, request.words)
        if (!edit) return [{ type: 'error', id, message: 'index: there is no such offer' }]
        this.apply(edit)
        this.spaceIsOurs = true
        return [this.offers(id, edit), ...this.finished(' ')]
      }
      case 'initials':
        this.initials = initials(this.before, request.count, this.options)
        return [{ type: 'initials', id, phrases: this.initials }]
      case 'dial':
        this.options.gate = request.gate
        return [this.offers(id)]
      case 'branch':
        return [
          { type: 'branches', id, branches: branch(this.before, request.count, request.words) },
        ]
    }
  }

  private offers(id: number, edit?: TextEdit): Reply {
    this.latest = suggest(this.before, this.options)
    return { type: 'offers', id, ...this.latest, ...(edit && { edit }) }
  }

  private apply({ erase, insert }: TextEdit): void {
    const kept = this.before.length - unitsOfLast(this.before, erase)
    this.before = this.before.slice(0, kept) + insert
  }

  private spaced(characters: string): TextEdit {
    const ours = this.spaceIsOurs && this.before.endsWith(' ')
    this.spaceIsOurs = false
    if (ours && characters === ' ') return { erase: 0, insert: '' }
    if (ours && /^[,.;:!?]$/u.test(characters)) {
      this.spaceIsOurs = true
      return { erase: 1, insert: `${characters} ` }
    }
    return { erase: 0, insert: characters }
  }

  private pick(list: OfferList, index: number, words: number): TextEdit | null {
    const offers = list === 'initials' ? this.initials : this.latest[list]
    const offer = offers?.[index]
    if (!offer) return null
    const text = words === 0 ? offer.text : offer.text.split(' ').slice(0, words).join(' ')
    return { erase: [...this.latest.typed].length, insert: `${text} ` }
  }

  /** A word is learnt when a space or a sign ends it. */
  private finished(inserted: string): Reply[] {
    if (this.options.learn === false || !/[^\p{L}\p{M}'’-]$/u.test(inserted)) return []
    const word = /([\p{L}\p{M}'’-]+)[^\p{L}]*$/u.exec(this.before)?.[1]
    if (!word) return []
    this.learn(word, this.options.source ?? 'page')
    return [{ type: 'learnt', words: 1 }]
  }
}

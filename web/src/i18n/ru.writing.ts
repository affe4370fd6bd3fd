import { type Forms, pluralizer, type WritingDictionary } from './dictionary'

const plural = pluralizer('ru')
const times: Forms = { one: 'раз', few: 'раза', many: 'раз', other: 'раза' }
const words: Forms = { one: 'слово', few: 'слова', many: 'слов', other: 'слова' }

export const writing: WritingDictionary = {
  page: {
    title: 'tercet',
    editor: 'Ваш текст',
    untitled: 'Без названия',
    panels: 'Панели',
    close: 'Закрыть',
    keysSaved: (percent) => `сбережено ${percent} % нажатий`,
    keysSavedNone: 'нажатий пока нет',
    words: (count) => plural(count, words),
    placeholder: 'Пишите. Слова, которые могут быть дальше, предлагаются по ходу.',
    copied:
      'Этот документ был открыт и изменён в другом окне. Написанное здесь — теперь отдельный документ.',
  },
  status: {
    connecting: 'Соединение…',
    connected: 'Подсказки включены',
    lost: 'Нет связи с tercet. Можно писать дальше: текст хранится в этом браузере.',
    retry: 'Попробовать сейчас',
    trouble: (why) => `Написанное не удалось запомнить: ${why}`,
    storage: (why) => `Браузер не хранит ваши документы: ${why}`,
    undo: 'Вернуть',
    dismiss: 'Убрать',
  },
  signIn: {
    intro: 'Этот tercet доступен по ключу. Писать можно и без него, но подсказок не будет.',
    key: 'Ключ',
    give: 'Войти',
    failed: (why) => `Войти не удалось: ${why}`,
  },
  panel: {
    documents: 'Документы',
    branches: 'Ветви',
    ledger: 'Что запомнено',
    meters: 'Показатели',
    lanes: 'Полосы',
    settings: 'Настройки',
    help: 'Справка',
  },
  offers: {
    region: 'Подсказки',
    lane: { typical: 'Обычное', rare: 'Редкое', genius: 'Гениальное' },
    promise: {
      typical: 'То, что вы и собирались написать.',
      rare: 'Нечасто, но здесь так пишут.',
      genius: 'После этих слов его никто не ждёт, но ваш текст его подготовил.',
    },
    noneIn: {
      typical: 'столь вероятного здесь нет',
      rare: 'ничего редкого здесь не известно',
      genius: 'здесь ваш текст ничего не подготовил',
    },
    why: (lane) => `${lane}: почему эти слова`,
    because: (list) => `в вашем тексте есть ${list}`,
    attested: (count, after) => `встречалось ${plural(count, times)} после «${after}»`,
    attestedOnly: (count) => `здесь встречалось ${plural(count, times)}`,
    measures: (unusual, bits, fit) =>
      `на более вероятные слова приходится ${unusual}; ваш текст убавляет неожиданность на ${bits} бит; подходит лучше, чем ${fit} случайных слов`,
    columns: 'бит ○ порядок',
    surprise: (bits) => `неожиданность ${bits} бит`,
    order: (order) => `порядок ${String(order)}`,
    kind: {
      word: '',
      retyped: 'другая раскладка',
      repaired: 'опечатка исправлена',
      phrase: 'фраза',
      initials: 'по первым буквам',
    },
    ghostKeys: 'Ctrl+Enter: всё · Alt+Enter: слово',
    announce: (list) => `Подсказки: ${list}`,
    announceOthers: (rare, genius) =>
      `Ещё ${[rare && `редких: ${String(rare)}`, genius && `гениальных: ${String(genius)}`].filter(Boolean).join(', ')}.`,
    digitTook: (digit, word) =>
      `Цифра ${String(digit)} взяла «${word}». Нужна сама цифра? Ctrl+Z, Esc, затем цифра.`,
    digitsBegun: 'Цифры — пока начато слово',
  },
}

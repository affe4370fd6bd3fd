// A few sentences from which the mock counts words and pairs of words. It stands in for the server
// while the page is built and tested; nothing of it is ever part of the page.

const texts: Record<string, string> = {
  en: `I would like to see you again . I would like to write a letter to my friend . Thank you very
much for your help . I want to go home and have a cup of tea . The weather is very good today . We
have been here for a long time . It was a long time ago , and it was very good . I would like to
thank you for the letter . She said that she would like to come home . They want to see the house by
the sea . You can write what you want to write . I think that it is a good idea to go there again .
The words come one by one , and the writer can choose . What do you want to do today ? I have to go
to work in the morning . Looking forward to seeing you soon . The house is not far from the sea . My
friend would like to have a house by the sea . There is a time for work and a time for rest . How are
you today ? I am very happy to see you here .`,
  ru: `Большое спасибо за вашу помощь . Я хочу написать письмо другу . Я очень рад вас видеть . Как у
вас дела сегодня ? Сегодня очень хорошая погода . Мы давно не были у моря . Это было очень давно . Я
хочу пойти домой и выпить чаю . Слова приходят одно за другим , и писатель может выбирать . Она
сказала , что хочет домой . Большое спасибо за письмо . Что вы хотите делать сегодня ? Я думаю , что
это хорошая мысль . Дом стоит недалеко от моря . Мой друг хочет дом у моря . Есть время для работы и
время для отдыха . До скорой встречи . Я хочу сказать вам большое спасибо .`,
}

export interface Counts {
  language: string
  words: Map<string, number>
  pairs: Map<string, Map<string, number>>
  total: number
}

function add(map: Map<string, number>, key: string): void {
  map.set(key, (map.get(key) ?? 0) + 1)
}

function count(language: string, text: string): Counts {
  const counts: Counts = { language, words: new Map(), pairs: new Map(), total: 0 }
  let previous = '.'
  for (const raw of text.split(/\s+/u)) {
    const word = raw === 'I' ? raw : raw.toLowerCase()
    if (/\p{L}/u.test(word)) {
      add(counts.words, word)
      counts.total += 1
      const followers = counts.pairs.get(previous) ?? new Map<string, number>()
      add(followers, word)
      counts.pairs.set(previous, followers)
    }
    previous = word
  }
  return counts
}

export const languages: Counts[] = Object.entries(texts).map(([language, text]) =>
  count(language, text),
)

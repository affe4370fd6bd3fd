// Open WebUI before tercet, by its API as its page uses it, then by the page. open_webui.sh starts
// both and says where they are:
//   TERCET_URL, OPEN_WEBUI_URL  addresses without a path
//   PICTURES                    the folder for screenshots; empty: none
import assert from 'node:assert/strict'
import path from 'node:path'
import { after, before, test } from 'node:test'

import { chromium } from '../../web/node_modules/playwright-core/index.mjs'

const { TERCET_URL: tercet, OPEN_WEBUI_URL: webui, PICTURES: pictures } = process.env
const person = { name: 'Ada', email: 'ada@example.org', password: 'difference' }
const params = { seed: 1, temperature: 0.5 }
const leastPieces = 5
const patience = 30_000

let token = ''

async function ask(address, body) {
  const response = await fetch(address, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` },
    body: JSON.stringify(body),
  })
  const text = await response.text()
  assert.equal(response.status, 200, `${address}: expected status 200, got ${text}`)
  return JSON.parse(text)
}

function contentOf(completion) {
  const content = completion.choices?.[0]?.message?.content
  assert.equal(typeof content, 'string', `expected an answer, got ${JSON.stringify(completion)}`)
  return content
}

/** What tercet answers without Open WebUI between. */
async function said(model, content) {
  const messages = [{ role: 'user', content }]
  return contentOf(await ask(`${tercet}/v1/chat/completions`, { model, messages, ...params }))
}

/** What tercet has to add to a text. */
async function continued(model, text) {
  const prompt = `### Task:\nContinue the text; answer { "text": "..." }\n<text>${text}</text>`
  return JSON.parse(await said(model, prompt)).text
}

/** What Open WebUI has a model do behind the person's back. */
async function done(task, model, more) {
  const order = { model, stream: false, ...more }
  return contentOf(await ask(`${webui}/api/v1/tasks/${task}/completions`, order))
}

before(async () => {
  token = (await ask(`${webui}/api/v1/auths/signup`, person)).token
  // What a person sets under Settings > Interface, and under General: the same answers each time.
  const ui = { promptAutocomplete: true, richTextInput: true, showChangelog: false }
  await ask(`${webui}/api/v1/users/user/settings/update`, { ui: { ...ui, params } })
})

test('our models are on offer', async () => {
  const { data } = await ask(`${webui}/api/models`)
  assert.deepEqual(
    data.map((model) => model.id),
    ['en', 'ru'],
  )
})

test('autocompletion hands on what tercet has to add, and it joins', async () => {
  for (const [model, typed] of [
    ['en', 'I would like to'],
    ['ru', 'Я хотел бы'],
  ]) {
    for (const prompt of [typed, `${typed} `]) {
      const { text } = JSON.parse(await done('auto', model, { prompt, type: 'general' }))
      assert.equal(text, await continued(model, prompt), prompt)
      assert.match(prompt + text, /^\S+( \S+)+$/u, 'one space between words, none at the end')
      assert.ok((prompt + text).startsWith(`${typed} `), `a new word in ${prompt + text}`)
    }
    const { text } = JSON.parse(await done('auto', model, { prompt: typed.slice(0, -1) }))
    assert.match(text, /^\p{L}/u, 'the rest of a word begun')
  }
})

test('what takes judgement is answered with well-formed JSON', async () => {
  const messages = [
    { role: 'user', content: 'How do I write a letter to "Anna"?\nI have no pen.' },
    { role: 'assistant', content: 'With care.' },
  ]
  for (const model of ['en', 'ru']) {
    const answer = async (task, more) => JSON.parse(await done(task, model, { messages, ...more }))
    assert.deepEqual(await answer('title'), { title: 'How do I write a' })
    assert.deepEqual(await answer('tags'), { tags: ['General'] })
    assert.deepEqual(await answer('follow_up'), { follow_ups: [] })
    assert.deepEqual(await answer('queries', { type: 'web_search' }), { queries: [] })
    const prompt = 'How do I write a letter to "Anna"?'
    assert.deepEqual(await answer('image_prompt'), { prompt })
    assert.equal(await done('emoji', model, { prompt }), '', 'no emoji')
  }
})

/** What arrives on the page's socket: the answer's pieces, and that all tasks behind it are done. */
function listen(page) {
  const heard = { pieces: [], ended: false }
  const hear = ({ payload }) => {
    if (!String(payload).startsWith('42["events"')) return
    const [, { data: event }] = JSON.parse(payload.slice(2))
    if (event.data?.type === 'response.output_text.delta') heard.pieces.push(event.data.delta)
    if (event.type === 'chat:active' && !event.data.active) heard.ended = true
  }
  page.on('websocket', (socket) => socket.on('framereceived', hear))
  return heard
}

async function until(condition, what) {
  const end = Date.now() + patience
  while (!(await condition())) {
    assert.ok(Date.now() < end, `expected within ${patience / 1000} s: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

/** Letters and digits: the page shows signs as Markdown has them. */
const wordsOf = (text) => text.match(/[\p{L}\p{N}]+/gu) ?? []

/** What a person sees behind the caret and has not written. */
async function ghostIn(box) {
  const paragraph = box.locator('p.ai-autocompletion')
  await paragraph.waitFor({ timeout: patience })
  const drawn = await paragraph.evaluate((p) => getComputedStyle(p, '::after').content)
  return JSON.parse(drawn)
}

async function take(page, name) {
  if (pictures) await page.screenshot({ path: path.join(pictures, `open-webui-${name}.png`) })
}

async function choose(page, model) {
  await page.locator('#model-selector-model-button').click()
  await page.getByRole('option', { name: `Select ${model} model` }).click()
}

async function complete(page, model, typed) {
  const box = page.locator('#chat-input')
  await box.click()
  await page.keyboard.type(typed, { delay: 30 })
  const ghost = await ghostIn(box)
  assert.equal(ghost, await continued(model, typed), 'the ghost is what tercet answers')
  assert.notEqual(ghost, '')
  await take(page, `${model}-ghost`)
  await page.keyboard.press('Tab')
  assert.equal(await box.textContent(), typed + ghost, 'Tab writes the ghost')
  assert.equal(await box.locator('p.ai-autocompletion').count(), 0, 'the ghost has gone')
  return typed + ghost
}

async function converse(page, model, heard, message) {
  await page.keyboard.press('Enter')
  await until(() => heard.ended, 'the end of the answer on the socket')
  const expected = await said(model, message)
  assert.equal(heard.pieces.join(''), expected, 'the answer is what tercet says')
  assert.ok(heard.pieces.length >= leastPieces, `in one go: ${JSON.stringify(heard.pieces)}`)
  const shown = page.locator('#response-content-container')
  await until(
    async () => String(wordsOf(await shown.innerText())) === String(wordsOf(expected)),
    `the page shows ${JSON.stringify(expected)}`,
  )
  const title = message.split(' ').slice(0, 5).join(' ')
  await until(async () => (await page.title()).startsWith(title), `the chat is called ${title}`)
  await take(page, `${model}-chat`)
}

let browser
let context

before(async () => {
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  })
  context = await browser.newContext({ viewport: { width: 900, height: 480 }, locale: 'en-GB' })
  context.setDefaultTimeout(patience)
})

after(() => browser?.close())

test('a person signs in', async () => {
  const page = await context.newPage()
  await page.goto(webui)
  await page.locator('#email').fill(person.email)
  await page.locator('#password').fill(person.password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.locator('#chat-input').waitFor()
  await page.close()
})

for (const [model, typed] of [
  ['en', 'I would like to '],
  ['ru', 'Я хотел бы '],
]) {
  test(`the page shows ${model}: a ghost, taken with Tab, and a streamed answer`, async () => {
    const page = await context.newPage()
    const heard = listen(page)
    await page.goto(webui)
    await choose(page, model)
    await converse(page, model, heard, await complete(page, model, typed))
    await page.close()
  })
}

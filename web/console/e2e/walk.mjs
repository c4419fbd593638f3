// A merchant's day in the console, in a real browser on the real binary: set up, look, decide, price, ship, keep and forget people,
// run operations, import a file, set things; in Chinese and English, light and dark, and once without a mouse.
// Any console error, exception or failed request fails it.   node e2e/walk.mjs [zh|en|phone|keys]
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { openBrowser, startEngine, watchPage } from './engine.mjs'
import { forecastParts } from './forecast_parts.mjs'
import { deskParts } from './desk_parts.mjs'
import { worthParts } from './worth_parts.mjs'
import { rulesParts } from './rules_parts.mjs'
import { stockParts } from './stock_parts.mjs'
import { keyboardParts } from './keyboard_parts.mjs'
import { phoneParts } from './phone_parts.mjs'

const only = process.argv[2]
const account = { name: 'Ada', email: 'ada@example.com', password: 'correct horse battery' }
const csv = 'Handle,Title,Vendor,Category,SKU,Price,Stock\ne2e-bowl,Stoneware bowl,Kiln,Home > Bowls,E2E-BOWL-1,39.00,12\ne2e-plate,Stoneware plate,Kiln,Home > Plates,E2E-PLATE-1,49.00,7\n'
const png = 'iVBORw0KGgoAAAANSUhEUgAAADAAAAAwCAIAAADYYG7QAAAAfUlEQVR42u3YwRGAMAhE0S0l/Z8szRIsQGcSIyGL8xkKeCdg0WlWAgQIECBAsaCjtXtvAD06QmRap5kzaR1ljqUEzSuTcjTjppqgEM2gSZmaEROgj6BwTdcECBCgzSAGY0WQ3bbnQCt6UzumDsdcZppcHbM97xhAgAD9F3QBwI2BTc1DhAoAAAAASUVORK5CYII='
const engine = await startEngine(['--products', '120', '--customers', '300', '--months', '3'])
const operations = await engine.operations()
const browser = await openBrowser()
const problems = [], skipped = []
let step = '', done = 0

/** One part of the walk: named in every problem; a failure is kept and the next part still runs. */
async function part(name, page, work) {
  step = name
  const before = problems.length
  try { await work() } catch (e) {
    problems.push(`${name}: ${String(e.message ?? e).split('\n').slice(0, 6).join(' | ')}`)
    if (process.env.E2E_PICTURES) await page.screenshot({ path: `${process.env.E2E_PICTURES}/${name.replace(/\W+/g, '-')}.png` }).catch(() => {})
    await page.keyboard.press('Escape').catch(() => {})
  }
  done++
  console.log(`${problems.length > before ? 'FAILED ' : 'ok     '} ${name}`)
}

async function open(language, theme, width = 1440) {
  const context = await browser.newContext({ viewport: { width, height: 900 }, locale: language === 'zh' ? 'zh-CN' : 'en', colorScheme: theme, reducedMotion: 'reduce', timezoneId: 'Asia/Shanghai', acceptDownloads: true })
  const page = await context.newPage()
  page.setDefaultTimeout(8000)
  const watch = watchPage(page, () => step, problems)
  const say = (zh, en) => (language === 'zh' ? zh : en)
  const go = async (where) => { await page.goto(`${engine.url}/console${where}`); await page.locator('.page h1').first().waitFor() }
  const button = (zh, en) => page.getByRole('button', { name: say(zh, en), exact: true })
  const field = (pointer) => page.locator(`[data-field="${pointer}"]`).locator('input, textarea').first()
  /** Asks with the session of this page, as its scripts do. */
  const ask = (operation, body) => page.evaluate(async ([path, body]) => {
    const csrf = decodeURIComponent(document.cookie.split('; ').find((c) => c.startsWith('kindling_csrf='))?.slice(14) ?? '')
    return (await fetch(path, { method: 'POST', headers: { 'Content-Type': 'application/json', 'X-CSRF-Token': csrf }, body: JSON.stringify(body) })).json()
  }, [`/v1/${operation.replace('.', '/')}`, body])
  const toast = (text) => page.locator('.el-message', { hasText: text }).first().waitFor()
  return { context, page, watch, say, go, button, field, ask, toast, skip: (why) => skipped.push(`${language} ${theme}: ${why}`), name: (n) => `${language} ${theme}: ${n}` }
}

const productIn = (answer) => answer.product ?? answer
const priceOf = async (w, id, sku) => productIn(await w.ask('catalog.get_product', { product_id: id })).variants.find((v) => v.sku === sku).price_minor
async function firstVariant(w, at) {
  const { products } = await w.ask('catalog.list_products', { page_size: 10, status: 'active' })
  const product = productIn(await w.ask('catalog.get_product', { product_id: products[at].product_id }))
  return { id: product.product_id, sku: product.variants[0].sku, price: product.variants[0].price_minor, title: product.title_en }
}

async function enter(w) {
  await part(w.name('sign in'), w.page, async () => {
    await w.page.goto(`${engine.url}/console/`)
    await w.page.locator('input[name=email]').fill(account.email)
    await w.page.locator('input[name=password]').fill(account.password)
    await w.page.keyboard.press('Enter')
    await w.page.locator('[data-figure]').first().waitFor({ timeout: 30000 })  // behind a whole pass: what it began may still have the cores
  })
}

async function walk(w, at) {
  const { page, say, go, button, field, ask, toast } = w
  const title = `E2E ${at}: ${say('降价', 'lower the price')}`
  let item
  await part(w.name('today shows figures, their course and the period before'), page, async () => {
    await go('/')
    await page.locator('[data-figure=conversion] .spark, [data-figure=conversion] svg').first().waitFor()
    assert.equal(await page.locator('[data-figure]').count(), 8)
    assert.match(await page.locator('[data-figure=visits]').innerText(), say(/日志访问数/, /Visits in the event log/))
    await page.locator('.legend.old').waitFor()
    await page.locator('.chart svg').first().waitFor()
    assert.ok(await page.locator('.chart svg path').count() > 2)
  })
  await part(w.name('a decision is proposed by form, approved, carried out and undone'), page, async () => {
    item = await firstVariant(w, at)
    await go('/operations/decisions.propose')
    for (const [name, value] of Object.entries({ scenario: '21', kind: 'price', title_en: title, title_zh: title, reason_en: 'Slow.', reason_zh: '滞销。', expected_minor: '1234500', operation: 'catalog.set_price', request: JSON.stringify({ sku: item.sku, price_minor: item.price - 100 }), undo_operation: 'catalog.set_price', undo_request: JSON.stringify({ sku: item.sku, price_minor: item.price }) })) await field(`/${name}`).fill(value)
    await page.locator('[data-run]').click()
    await page.locator('.answer', { hasText: 'dec_' }).waitFor()
    await go('/')
    // The list begins with what is worth most: of many decisions this one may wait behind the button.
    const all = async () => { await page.locator('[data-decision]').first().waitFor(); if (await page.locator('[data-all-decisions]').count()) await page.locator('[data-all-decisions]').click() }
    const card = page.locator('[data-decision]', { hasText: title })
    await all()
    await card.getByRole('button', { name: say('批准', 'Approve') }).click()
    await toast(title)
    assert.equal(await priceOf(w, item.id, item.sku), item.price - 100)
    await page.getByRole('radio', { name: say('已执行', 'Carried out') }).click()
    await page.locator('[data-decision]', { hasText: title }).or(page.locator('[data-all-decisions]')).first().waitFor()
    if (!(await page.locator('[data-decision]', { hasText: title }).count())) await all()
    await page.locator('[data-decision]', { hasText: title }).getByRole('button', { name: say('撤销', 'Undo') }).click()
    await page.locator('[data-decision]', { hasText: title }).waitFor({ state: 'detached' })
    assert.equal(await priceOf(w, item.id, item.sku), item.price)
  })
  await part(w.name('a price is changed and seen'), page, async () => {
    await go('/catalogue')
    await page.locator('tbody tr').nth(3).waitFor()
    await page.locator('input[type=search]').fill(item.title)
    await page.locator('tbody tr', { hasText: item.id }).click()
    await page.locator('tr', { hasText: item.sku }).locator('[data-price]').click()
    const input = page.locator('input[name=price]')
    await input.fill('12.345')
    await page.getByText(say('请输入金额', 'Enter an amount')).waitFor()
    assert.ok(await page.locator('.el-dialog:visible').getByRole('button', { name: say('保存', 'Save') }).isDisabled())
    await input.fill(String((item.price + 700) / 100))
    await page.locator('input[name=reason]').fill('e2e')
    await page.keyboard.press('Enter')
    await toast(item.sku)
    await page.locator('tr', { hasText: item.sku }).getByText(new RegExp(((item.price + 700) / 100).toLocaleString('en', { minimumFractionDigits: 2 }).replace('.', '\\.'))).first().waitFor()
    assert.equal(await priceOf(w, item.id, item.sku), item.price + 700)
  })
  await part(w.name('pictures of a product are added, described, ordered and taken away by hand'), page, async () => {
    await go(`/catalogue/${item.id}`)
    const had = productIn(await ask('catalog.get_product', { product_id: item.id })).pictures
    await page.locator('[data-edit-pictures]').click()
    const editor = page.locator('[data-picture-editor]'), rows = editor.locator('li')
    if (had.length) await rows.nth(had.length - 1).waitFor()
    await Promise.all([page.waitForResponse('**/v1/pictures/store'), editor.locator('input[type=file]').setInputFiles({ name: 'plate.png', mimeType: 'image/png', buffer: Buffer.from(png, 'base64') })])
    await rows.nth(had.length).waitFor()
    await rows.nth(had.length).locator('input').nth(0).fill('红盘')
    await rows.nth(had.length).locator('input').nth(1).fill('A red plate')
    for (let i = had.length; i > 0; i--) await rows.nth(i).getByRole('button', { name: say(`第 ${i + 1} 张图片上移`, `Move picture ${i + 1} up`) }).click()
    await editor.locator('[data-save-pictures]').click()
    await toast(say('图片已保存', 'Pictures saved'))
    const now = productIn(await ask('catalog.get_product', { product_id: item.id })).pictures
    assert.deepEqual([now.length, now[0].alt_zh, now[0].alt_en], [had.length + 1, '红盘', 'A red plate'])
    await page.locator('[data-edit-pictures]').click()
    await rows.first().getByRole('button', { name: say('移除第 1 张图片', 'Remove picture 1') }).click()
    await editor.locator('[data-save-pictures]').click()
    await editor.waitFor({ state: 'detached' })
    assert.deepEqual(productIn(await ask('catalog.get_product', { product_id: item.id })).pictures.map((p) => p.asset), had.map((p) => p.asset))
  })
  await part(w.name('a plugged model is tried beside the built-in guide: refused with the reason, let in, switched off'), page, async () => {
    let words = () => say('今天全场五折包邮！', 'Everything is half price with free shipping!')
    const endpoint = createServer((request, response) => {
      let body = ''
      request.on('data', (chunk) => { body += chunk })
      request.on('end', () => {
        const { messages } = JSON.parse(body), draft = messages.find((m) => m.role === 'user').content.split('name="draft"')[1]
        const all = (name) => [...draft.matchAll(new RegExp(`"${name}":"([^"]*)"`, 'g'))].map((m) => m[1])
        response.writeHead(200, { 'content-type': 'application/json' })
        response.end(JSON.stringify({ choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: words(all, messages[0].content.includes('网店导购')) } }] }))
      })
    })
    await new Promise((resolve) => endpoint.listen(0, '127.0.0.1', resolve))
    const set = (url) => ask('settings.update', { changes: [{ name: 'language_model_url', value: url }, { name: 'language_model_name', value: url && 'e2e' }] })
    try {
      await set(`http://127.0.0.1:${endpoint.address().port}/v1`)
      await go('/quality')
      const panel = page.locator('[data-model]'), verdict = panel.locator('[data-verdict]')
      await panel.locator('[data-try-model]').click()
      await verdict.getByText(say('措辞不可用', 'could not be used')).waitFor({ timeout: 60_000 })
      words = (all, zh) => all('text').join(' ') + (zh ? `${all('title')[0]}售价${all('price')[0]}。` : ` The ${all('title')[0]} costs ${all('price')[0]}.`)
      await panel.locator('[data-try-model]').click()
      await verdict.getByText(say('优于内置导购', 'Better than the built-in guide')).waitFor({ timeout: 60_000 })
      assert.ok(await panel.locator('table').nth(1).locator('tbody tr').count() > 2, 'talk by talk')
      await panel.locator('[data-model-off]').click()
      await panel.locator('.chip', { hasText: say('未启用', 'not in use') }).waitFor()
    } finally {
      await set('')
      endpoint.closeAllConnections()
      endpoint.close()
    }
  })
  await part(w.name('a plan of what to sell is made, its drop carried out and taken back, other limits tried'), page, async () => {
    await go('/assortment')
    await page.locator('[data-plan], [data-open]').first().waitFor()
    if (await page.locator('[data-open]').count()) await page.locator('[data-open]').click()
    await page.locator('input[name=shelf]').fill('x')
    assert.ok(await page.locator('[data-plan]').isDisabled(), 'what is no number is refused')
    const places = say('80', '70')  // each walk its own, so that the plan of the walk before is not taken for this one's
    await page.locator('input[name=shelf]').fill(places)
    await page.locator('[data-plan]').click()
    await page.locator('[data-limit=shelf_places]', { hasText: new RegExp(`${places} / ${places}`) }).waitFor({ timeout: 90_000 })  // a job that learns, longer than a click
    await page.locator('.chart svg').first().waitFor()
    await page.getByRole('radio', { name: new RegExp(say('^下架', '^Drop')) }).click()
    await page.waitForFunction(() => { const actions = [...document.querySelectorAll('table .act')]; return actions.length > 0 && actions.every((a) => a.classList.contains('drop')) })  // the rows before stay until these are there
    const row = page.locator('[data-item]').first()
    await row.waitFor()
    const id = await row.getAttribute('data-item')
    await row.getByRole('button', { name: say('批准', 'Approve') }).click()
    await row.getByRole('button', { name: say('撤销', 'Undo') }).waitFor()
    assert.equal(productIn(await ask('catalog.get_product', { product_id: id })).status, 'archived')
    await row.getByRole('button', { name: say('撤销', 'Undo') }).click()
    await row.getByRole('button', { name: say('撤销', 'Undo') }).waitFor({ state: 'detached' })
    assert.equal(productIn(await ask('catalog.get_product', { product_id: id })).status, 'active')
    const [download] = await Promise.all([page.waitForEvent('download'), button('导出 CSV', 'Export CSV').click()])
    assert.ok(readFileSync(await download.path(), 'utf8').split('\n').length > 5)
    await page.locator('[data-open]').click()
    await page.locator('input[name=shelf]').fill('60')
    await page.locator('[data-try]').click()
    await page.locator('[data-imagined] [data-limit=shelf_places]', { hasText: /60 \/ 60/ }).waitFor({ timeout: 60_000 })
    // The plan, then a drop of somebody's own, on simulated shoppers: the difference has its interval, and those who lose a good go somewhere.
    const simulated = page.locator('[data-simulate]')
    await simulated.locator('[data-play-go]').click()
    await simulated.locator('[data-play-said]').waitFor({ timeout: 90_000 })
    await simulated.getByRole('radio', { name: say('两个列表', 'Both lists') }).click()
    assert.equal(await simulated.locator('svg .area').count(), 2, 'both lists have their bands')
    await simulated.getByRole('radio', { name: say('自选变更', 'My own changes') }).click()
    assert.ok(await simulated.locator('[data-play-go]').isDisabled(), 'nothing to play yet')
    const dropped = productIn(await ask('catalog.get_product', { product_id: id })), title = say(dropped.title_zh, dropped.title_en)
    await simulated.locator('[data-play=drop] input').fill(title)
    await page.locator('.el-select-dropdown__item:visible', { hasText: title }).first().click()
    await page.keyboard.press('Escape')
    await simulated.locator('[data-play-go]').click()
    await simulated.locator('tbody tr', { hasText: say('下架', 'Drop') }).first().waitFor({ timeout: 90_000 })
  })
  await part(w.name('the stock is planned; an order is changed with a reason, exported, approved, taken back; a good is looked at; the past is played again'), page, async () => {
    await go('/supply')
    await page.locator('[data-plan], [data-all]').first().waitFor()
    await page.locator('.bones').first().waitFor({ state: 'detached' })
    // A plan that is there is used: a new one would take the place of its orders while they are being changed.
    if ((await page.locator('[data-order]').count()) === 0) await page.locator((await page.locator('[data-all]').count()) ? '[data-all]' : '[data-plan]').click()
    await page.locator('[data-stake]').waitFor({ timeout: 90_000 })  // a job, longer than a click
    if (await page.locator('[data-order]').count() === 0) await page.locator('[data-all]').click()
    const order = page.locator('[data-order]').first()
    await order.waitFor({ timeout: 90_000 })
    const id = await order.getAttribute('data-order')
    const mine = page.locator(`[data-order="${id}"]`)
    // The lines are drawn anew with each change: what is pressed need not stand still, as a click would have it.
    const press = async (locator) => { await locator.waitFor(); await locator.evaluate((e) => e.click()) }
    await mine.locator('[data-lines]').click()
    const quantity = mine.locator('[data-quantity] input, input[data-quantity]').first()
    await quantity.fill('many')
    await mine.getByText(say('请输入整数', 'Enter a whole number')).waitFor()
    assert.ok(await mine.locator('[data-approve]').isDisabled(), 'what is no number is not ordered')
    await quantity.fill('77')
    await press(mine.locator('[data-save]'))
    await page.locator('.el-dialog:visible textarea').fill('e2e')
    await press(page.locator('.el-dialog:visible').getByRole('button', { name: say('保存', 'Save') }))
    await mine.getByText(say('已修改：e2e', 'Changed: e2e')).waitFor()
    const kept = (await ask('supply.proposals', { decision_id: id })).proposals[0]
    assert.ok(kept.lines.some((l) => l.quantity === 77 && l.edit_reason === 'e2e'))
    const [download] = await Promise.all([page.waitForEvent('download'), press(mine.locator('[data-csv]'))])
    const csv = readFileSync(await download.path(), 'utf8')
    assert.ok(csv.includes(kept.purchase_order_id) && csv.split('\n').length > 1)
    await press(mine.locator('[data-approve]'))
    await mine.waitFor({ state: 'detached' })
    assert.equal((await ask('supply.order', { purchase_order_id: kept.purchase_order_id })).status, 'ordered')
    await page.getByRole('radio', { name: say('全部', 'All'), exact: true }).click()
    await press(mine.locator('[data-undo]'))
    await mine.locator('[data-undo]').waitFor({ state: 'detached' })
    assert.equal((await ask('supply.order', { purchase_order_id: kept.purchase_order_id })).status, 'cancelled')
    await page.getByRole('radio', { name: new RegExp(say('^将断货', '^Runs out')) }).click()
    await page.locator('tr.openable').first().click()
    await page.locator('[data-good] .chart svg').waitFor()
    await page.getByRole('radio', { name: say('历史回放', 'The past again') }).click()
    await page.locator('[data-play]').click()
    await page.locator('[data-past] .chart svg').waitFor({ timeout: 120_000 })
  })
  await stockParts(w, part)
  await forecastParts(w, part)
  await worthParts(w, part)
  await rulesParts(w, part, engine.url)
  await deskParts(w, part, at)
  await part(w.name('an order that staff placed for a visitor is opened and shipped'), page, async () => {
    const stocked = (await ask('stock.list', { page_size: 500 })).levels.find((l) => l.on_hand - (l.reserved ?? 0) > 3)
    const answer = await ask('orders.place', { lines: [{ sku: stocked.sku, quantity: 2 }], contact: { name: '林小满', email: 'lin@example.com', address: '南京路 1 号', city: '上海', country: 'CN' }, payment: 'test', channel: 'web' })
    await go('/orders?status=paid')
    await page.locator('tbody tr', { hasText: answer.order_id }).click()
    await page.getByText('林小满').first().waitFor()
    await page.locator('[data-step=shipped]').click()
    await page.locator('.el-dialog:visible textarea').fill('SF 1234567890')
    await page.locator('.el-dialog:visible').getByRole('button', { name: say('发货', 'Ship') }).click()
    await toast(answer.order_id)
    await page.getByText('SF 1234567890').first().waitFor()
    await page.locator('[data-step=delivered]').waitFor()
    assert.equal((await ask('orders.get_order', { order_id: answer.order_id })).status, 'shipped')
  })
  await part(w.name('a customer is opened, exported and forgotten'), page, async () => {
    await go('/customers')
    await page.locator('tbody tr').nth(at + 4).click()
    await page.locator('.figures b').first().waitFor()
    const id = decodeURIComponent(page.url().split('/').pop())
    const name = (await page.locator('h1').first().innerText()).trim()
    const [download] = await Promise.all([page.waitForEvent('download'), button('导出个人数据', 'Export personal data').click()])
    const file = JSON.parse(readFileSync(await download.path(), 'utf8'))
    assert.equal(file.customer_id, id)
    assert.equal(file.data.customer.name, name)
    assert.ok(Array.isArray(file.data.orders) && Array.isArray(file.data.messages))
    await button('遗忘此人', 'Forget this person').click()
    const dialog = page.locator('.el-dialog:visible')
    assert.ok(await dialog.locator('.el-button--danger').isDisabled())
    await dialog.locator('input').fill(await dialog.locator('input').getAttribute('placeholder'))
    await dialog.locator('.el-button--danger').click()
    await page.waitForURL(/\/customers$/)
    assert.equal((await ask('customers.list_customers', { page_size: 500 })).customers.some((c) => c.customer_id === id), false)
  })
  await part(w.name('conversations show how they began and read in full'), page, async () => {
    await go('/conversations')
    const first = page.locator('.talk').nth(1)
    const words = (await first.locator('.words').innerText()).trim()
    assert.ok(words.length > 3, 'a preview')
    await first.click()
    await page.locator('.reading').getByText(words.replace(/…$/, '').slice(0, 20)).first().waitFor()
  })
  await part(w.name('the order of results is learned; results are judged by keys and say why they stand where they stand'), page, async () => {
    await go('/search')
    const ranking = page.locator('[data-ranking]'), judge = page.locator('[data-judge]'), row = judge.locator('li').first()
    await ranking.locator('[data-train]').click()
    await ranking.locator('tbody tr').nth(2).waitFor({ timeout: 120_000 })
    assert.equal(await ranking.locator('tbody tr.used').count(), 1, 'one order is in use')
    const words = say('连衣裙', 'headphones')
    await judge.locator('input').fill(words)
    await judge.locator('[data-look]').click()
    await row.waitFor()
    const product = await row.getAttribute('data-product')
    const press = async (key) => { await row.focus(); await Promise.all([page.waitForResponse('**/v1/dialogue/judge_results'), page.keyboard.press(key)]) }
    const grades = async () => (await ask('dialogue.judgements', { query: words })).judgements.filter((j) => j.product_id === product).map((j) => j.grade)
    await press('3')
    assert.deepEqual(await grades(), [3], 'the judgement is kept')
    await press('Backspace')
    assert.deepEqual(await grades(), [], 'the judgement is taken back')
    await row.focus()
    await page.keyboard.press('Enter')
    await row.locator('.reasons div').first().waitFor()
  })
  await part(w.name('an operation reads, refuses under its field and tries without keeping'), page, async () => {
    await go('/operations/shop.overview')
    await field('/days').fill('7')
    await page.locator('[data-run]').click()
    await page.locator('.answer .panel-body').getByText(/CNY/).first().waitFor()
    await go('/operations/catalog.set_price')
    await field('/sku').fill('no-such-sku')
    await field('/price_minor').fill('100')
    w.watch.refusal('catalog.set_price')
    await page.locator('[data-dry]').click()
    await page.locator('[data-field="/sku"] .el-form-item__error').waitFor()
    w.watch.peace()
    await field('/sku').fill(item.sku)
    await page.locator('[data-dry]').click()
    await page.getByText(say('试运行', 'Dry run: nothing was kept')).last().waitFor()
    await page.locator('[data-field="/sku"] .el-form-item__error').waitFor({ state: 'detached' })
    assert.equal(await priceOf(w, item.id, item.sku), item.price + 700)
  })
  const importing = ['imports.inspect', 'imports.run', 'imports.list'].every((o) => operations.has(o))
  if (!importing) { skipped.push(w.name('import of a file: this engine has no imports.* operations')); await part(w.name('data says that imports are missing'), page, async () => { await go('/data'); await page.locator('[data-state=absent]').first().waitFor() }) }
  else await part(w.name('a file is understood, tried and imported'), page, async () => {
    await go('/data')
    const name = `new-${at}.csv`
    await page.locator('input[type=file]').setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(csv.replaceAll('E2E', `E${at}E`).replaceAll('e2e', `e${at}e`)) })
    const row = (column) => page.locator('.mapping tr', { has: page.locator('td b', { hasText: new RegExp(`^${column}$`) }) })
    for (const column of ['SKU', 'Price', 'Title']) { await row(column).waitFor(); assert.ok(await row(column).locator('.sure').count(), `${column} was guessed`) }
    await page.getByRole('button', { name: say('试运行', 'Dry run') }).click()
    await page.locator('.say.dry').waitFor()
    assert.equal((await ask('catalog.list_products', { query: 'Stoneware', page_size: 50 })).products.filter((p) => p.product_id.startsWith(`e${at}e`)).length, 0)
    await page.locator('.flow footer .el-button--primary').click()
    await page.locator('.say:not(.dry)').waitFor({ timeout: 60_000 })
    await page.locator('table', { hasText: name }).first().waitFor()
    const found = (await ask('catalog.list_products', { query: 'Stoneware', page_size: 50 })).products
    assert.ok(found.length >= 2, `imported products are in the catalogue: ${JSON.stringify(found).slice(0, 200)}`)
  })
  await part(w.name('jobs, ledger and audit answer'), page, async () => {
    await go('/jobs')
    if (importing) await page.locator('tbody tr, a', { hasText: 'imports.run' }).first().waitFor()
    await go('/ledger')
    await page.locator('.totals b').first().waitFor()
    await go('/audit')
    await page.locator('tbody tr', { hasText: 'customers.forget_person' }).first().waitFor()
    await page.locator('input[type=search]').fill('catalog.set_price')
    await page.waitForFunction(() => { const rows = [...document.querySelectorAll('tbody tr')]; return rows.length > 0 && rows.every((r) => r.textContent.includes('catalog.set_price')) })
  })
  await part(w.name('a key is made, works and is revoked'), page, async () => {
    await go('/settings/keys')
    await button('新建密钥', 'New key').click()
    const dialog = page.locator('.el-dialog:visible')
    await dialog.getByLabel(say('名称', 'Name'), { exact: true }).fill(`till ${at}`)
    await dialog.locator('.el-button--primary').click()
    const secret = (await dialog.locator('code').innerText()).trim()
    assert.equal((await engine.ask('jobs.list', {}, secret)).status, 200)
    await page.keyboard.press('Escape')
    await page.locator('tr', { hasText: `till ${at}` }).getByRole('button').click()
    await page.locator('.el-dialog:visible .el-button--danger').click()
    await page.locator('tr', { hasText: `till ${at}` }).getByText(say('已吊销', 'Revoked')).waitFor()
    assert.notEqual((await engine.ask('jobs.list', {}, secret)).status, 200)
  })
  await part(w.name('an agent is registered and kept out'), page, async () => {
    await go('/settings/agents')
    await button('登记代理', 'Register an agent').click()
    const dialog = page.locator('.el-dialog:visible')
    await dialog.locator('input').nth(0).fill(`Helper ${at}`)
    await dialog.locator('input').nth(1).fill('not an address')
    w.watch.refusal('agents.save')
    await dialog.locator('button[type=submit]').click()
    await dialog.locator('.el-form-item__error').first().waitFor()
    w.watch.peace()
    await dialog.locator('input').nth(1).fill(`https://agent.example/${at}.json`)
    await dialog.locator('button[type=submit]').click()
    const row = page.locator('tr', { hasText: `Helper ${at}` })
    await row.getByRole('button').click()
    await dialog.locator('.el-switch').nth(1).click()
    await dialog.locator('button[type=submit]').click()
    await row.getByText(say('已拒绝', 'kept out')).waitFor()
  })
  await part(w.name('an agent is rated by what it did'), page, async () => {
    const { key_id, secret } = await ask('keys.create', { name: `agent ${at}`, role: 'agent' })
    await ask('agents.save', { name: `Bold ${at}`, key_id })
    for (let i = 0; i < 25; i++) await engine.ask('jobs.list', {}, secret)  // not for agents: refused
    for (let n = 0, rated = false; !rated && n < 5000; n++) rated = (await ask('agents.traffic', {})).agents.some((a) => a.name === `Bold ${at}` && a.refused === 25)
    await go('/settings/agents')
    const row = page.locator('tr', { hasText: `Bold ${at}` })
    await row.locator('[data-grade=poor] summary', { hasText: say('较差', 'Poor') }).click()
    await row.getByText(say('25 次调用中 25 次返回错误 (高于 40% 为较差)', '25 of 25 calls answered with an error (Poor above 40%)')).waitFor()
    await page.locator('th button', { hasText: say('表现', 'Conduct') }).click()
    assert.ok((await page.locator('tbody tr').first().innerText()).includes(say('较差', 'Poor')), 'the worst is first')
  })
  await part(w.name('a policy is written and told to shoppers'), page, async () => {
    await go('/settings/shop')
    const text = say('三十天内可退，运费由我们承担。', 'Thirty days to return; we pay the way back.')
    await field(say('/policy_returns_zh', '/policy_returns_en')).fill(text)
    const fee = field('/shipping_fee_minor')
    await fee.fill('123')
    await page.locator('[data-group=policies] button[type=submit]').click()
    await toast(say('已保存', 'Saved'))
    assert.equal(await fee.inputValue(), '123', 'what is typed in another group stays')
    const { answer } = await engine.ask('shop.storefront', {})
    assert.ok(JSON.stringify(answer.policies).includes(text))
  })
  await part(w.name('the zone of the shop’s days is set'), page, async () => {
    await go('/settings/shop')
    const form = page.locator('[data-form=shop]')
    const zone = form.getByRole('combobox', { name: say('时区', 'Time zone') })
    const choose = async (name) => {
      await zone.click()
      await zone.fill(name)
      await page.getByRole('option', { name, exact: true }).click()
      const kept = page.waitForResponse((r) => r.url().endsWith('/v1/settings/update'))  // what was said of the change before may still stand there
      await form.locator('button[type=submit]').click()
      assert.ok((await kept).ok())
      await toast(say('已保存', 'Saved'))
      assert.equal((await ask('settings.get', {})).time_zone, name)
    }
    const was = (await ask('settings.get', {})).time_zone
    await choose('Europe/Berlin')
    await choose(was)
  })
  await part(w.name('language and theme change where they stand'), page, async () => {
    await go('/settings/appearance')
    await page.getByText(say('English', '中文'), { exact: true }).first().click()
    await page.locator('h1', { hasText: say('Settings', '设置') }).waitFor()
    await page.getByText(say('中文', 'English'), { exact: true }).first().click()
    await page.locator('h1', { hasText: say('设置', 'Settings') }).waitFor()
    await page.getByText(say('深色', 'Dark'), { exact: true }).first().click()
    assert.equal(await page.evaluate(() => document.documentElement.classList.contains('dark')), true)
    await page.getByText(say('浅色', 'Light'), { exact: true }).first().click()
    assert.equal(await page.evaluate(() => document.documentElement.classList.contains('dark')), false)
  })
}

try {
  const first = await open('zh', 'light')
  await part(first.name('before set-up the sign-in page says what to do'), first.page, async () => {
    await first.page.goto(`${engine.url}/console/`)
    await first.page.getByText('还没有所有者').waitFor()
  })
  await part(first.name('the one-time link makes the owner'), first.page, async () => {
    await first.page.goto(`${engine.url}/console/setup#${engine.token}`)
    for (const [name, value] of Object.entries({ ...account, repeat: account.password })) await first.page.locator(`input[name=${name}]`).fill(value)
    assert.equal(new URL(first.page.url()).hash, '', 'the token is gone from the address')
    await first.page.locator('button[type=submit]').click()
    await first.page.locator('[data-figure]').first().waitFor()
  })
  if (!only || only === 'zh') await walk(first, 0)
  await first.context.close()
  if (!only || only === 'en') { const w = await open('en', 'dark'); await enter(w); await walk(w, 1); await w.context.close() }
  if (!only || only === 'phone') { const w = await open('zh', 'dark', 390); await enter(w); await phoneParts(w, part); await w.context.close() }
  if (!only || only === 'keys') { const w = await open('zh', 'dark', 820); await enter(w); await keyboardParts(w, part); await w.context.close() }
} finally {
  await browser.close()
  const code = await engine.stop()
  if (code !== 0) problems.push(`the engine ended with ${code}: ${engine.log().slice(-1500)}`)
}
for (const s of skipped) console.log(`skipped: ${s}`)
for (const p of problems) console.log(`PROBLEM ${p}`)
console.log(problems.length ? `${problems.length} problems` : `${done} parts of the walk passed`)
process.exitCode = problems.length ? 1 : 0

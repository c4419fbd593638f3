// Photographs every page of the real console on the real binary: both languages, both themes, three widths. Fails on any console error and
// on any page that is wider than its window.
//   node e2e/look.mjs FOLDER [part of a page's name|all] [zh|en] [light|dark] [1440|820|390]      every picture, on a small shop and an empty one
//   node e2e/look.mjs --docs FOLDER       console.png and console.zh-CN.png: Today of the full demo shop, as the documentation shows it
import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { openBrowser, startEngine, watchPage } from './engine.mjs'

const docs = process.argv[2] === '--docs'
const [out = 'test-results/look', only = 'all', ...wants] = process.argv.slice(docs ? 3 : 2)
mkdirSync(out, { recursive: true })
const account = { name: 'Ada', email: 'ada@example.com', password: 'correct horse battery' }
const problems = []
const browser = await openBrowser()

async function owner(engine) {
  const context = await browser.newContext()
  const r = await context.request.post(`${engine.url}/v1/session/set_up`, { data: { token: engine.token, ...account }, headers: { Origin: engine.url } })
  if (!r.ok()) throw new Error(await r.text())
  const state = await context.storageState()
  const csrf = decodeURIComponent(state.cookies.find((c) => c.name === 'kindling_csrf').value)
  const ask = async (operation, data) => (await context.request.post(`${engine.url}/v1/${operation.replace('.', '/')}`, { data, headers: { 'X-CSRF-Token': csrf, Origin: engine.url } })).json()
  return { state, ask, context }
}
/** Proposals as a merchant meets them, on products that exist: layout samples for these pictures alone, no module made them. */
async function propose(ask) {
  const products = (await ask('catalog.list_products', { page_size: 40, status: 'active' })).products
  const of = async (i) => { const a = await ask('catalog.get_product', { product_id: products[i].product_id }); const p = a.product ?? a; return { p, v: p.variants[0] } }
  const [a, b] = [await of(3), await of(11)]
  const link = (p) => `/catalogue/${p.product_id}`
  const lower = Math.round(a.v.price_minor * 0.92 / 100) * 100
  const asked = [
    { scenario: '21', kind: 'price', title_en: `Lower the price of ${a.p.title_en} to ¥${lower / 100}`, title_zh: `将「${a.p.title_zh}」降至 ¥${lower / 100}`, reason_en: 'Sells slower than its stock lasts, and two comparable products cost less.', reason_zh: '动销慢于库存周转，且两款同类商品价格更低。', evidence: [{ label: 'Current price', value: `¥${a.v.price_minor / 100}`, link: link(a.p) }], expected_minor: 1840000, expected_low_minor: 520000, expected_high_minor: 3110000, operation: 'catalog.set_price', request: { sku: a.v.sku, price_minor: lower }, undo_operation: 'catalog.set_price', undo_request: { sku: a.v.sku, price_minor: a.v.price_minor }, measure: 'Margin of the product, 14 days after against 14 days before' },
    { scenario: '7', kind: 'purchase', title_en: `Order 120 of ${b.p.title_en}`, title_zh: `补货 120 件「${b.p.title_zh}」`, reason_en: 'At the present rate the stock ends before the supplier can deliver.', reason_zh: '按当前销速，库存将在供应商到货前售罄。', evidence: [{ label: b.v.sku, value: '', link: link(b.p) }], expected_minor: 960000, expected_low_minor: 610000, expected_high_minor: 1380000 },
  ]
  for (const d of asked) await ask('decisions.propose', d)
}

async function photograph(engine, state, pages, before, tag, wanted) {
  for (const locale of ['zh', 'en']) for (const theme of ['light', 'dark']) for (const width of [1440, 820, 390]) {
    if (!wanted.every((w) => [locale, theme, String(width)].includes(w))) continue
    const context = await browser.newContext({ storageState: state, viewport: { width, height: width > 1000 ? 900 : width > 600 ? 1180 : 844 }, locale: locale === 'zh' ? 'zh-CN' : 'en', colorScheme: theme, timezoneId: 'Asia/Shanghai' })
    for (const [name, where] of Object.entries(pages)) {
      if (only !== 'all' && !name.includes(only)) continue
      const page = await context.newPage()
      const id = `${tag}${name}-${locale}-${theme}-${width}`
      watchPage(page, () => id, problems)
      await page.goto(`${engine.url}/console${where}`, { waitUntil: 'load' })
      try { await page.locator('main h1').first().waitFor(); await page.locator('.bones').first().waitFor({ state: 'detached', timeout: 6000 }); await before[name]?.(page) } catch (e) { problems.push(`${id}: ${e.message.split('\n')[0]}`) }
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
      if (wide > 0) problems.push(`${id}: ${wide} px too wide`)
      await page.evaluate(() => document.fonts.ready)
      await page.screenshot({ path: path.join(out, `${id}.png`) })
      await page.close()
    }
    await context.close()
  }
}

if (docs) {
  const engine = await startEngine([])
  const { state } = await owner(engine)  // nothing is added: the documentation shows what the demo shop is, not what it might propose
  for (const [locale, file] of [['en', 'console.png'], ['zh-CN', 'console.zh-CN.png']]) {
    const context = await browser.newContext({ storageState: state, viewport: { width: 1440, height: 1000 }, locale, colorScheme: 'light', timezoneId: 'Asia/Shanghai' })
    const page = await context.newPage()
    watchPage(page, () => file, problems)
    await page.goto(`${engine.url}/console/`)
    await page.locator('.chart svg').waitFor()
    await page.locator('.bones').first().waitFor({ state: 'detached' })
    await page.evaluate(() => document.fonts.ready)
    await page.mouse.move(0, 0)
    await page.screenshot({ path: path.join(out, file) })
    await context.close()
  }
  await engine.stop()
} else {
  const small = await startEngine(['--products', '120', '--customers', '300', '--months', '3'])
  const { state, ask } = await owner(small)
  await propose(ask)
  await ask('assortment.propose', { shelf_places: 90 })
  await ask('supply.plan', { all_suppliers: true })
  const first = async (operation, list, id, body = {}) => encodeURIComponent((await ask(operation, { page_size: 3, ...body }))[list][1][id])
  const order = (await ask('orders.list_orders', { page_size: 5, status: 'delivered' })).orders[1]
  await photograph(small, state, {
    today: '/', today_more: '/', assortment: '/assortment', assortment_rows: '/assortment', assortment_if: '/assortment', supply: '/supply', supply_lines: '/supply', supply_good: '/supply', supply_excess: '/supply', supply_alerts: '/supply', supply_past: '/supply', supply_settings: '/supply', chain: '/chain', chain_module: '/chain/dialogue', data: '/data', mapping: '/data', report: '/data', catalogue: '/catalogue', product: `/catalogue/${await first('catalog.list_products', 'products', 'product_id')}`, price: `/catalogue/${await first('catalog.list_products', 'products', 'product_id')}`,
    orders: '/orders', order: `/orders/${encodeURIComponent(order.order_id)}`, customers: '/customers', customer: `/customers/${encodeURIComponent(order.customer_id)}`, conversations: '/conversations', search: '/search', conversation: `/conversations/${await first('conversations.list', 'conversations', 'conversation_id')}`,
    operations: '/operations', operation: '/operations/catalog.set_price', jobs: '/jobs', ledger: '/ledger', audit: '/audit', settings: '/settings/shop', model: '/settings/model', keys: '/settings/keys', agents: '/settings/agents', users: '/settings/users', privacy: '/settings/privacy', appearance: '/settings/appearance', lost: '/nowhere', palette: '/', sign_in: '/sign-in',
  }, {
    async today_more(p) { await p.locator('[data-decision] .more').first().click(); await p.mouse.wheel(0, 500) },
    async assortment(p) { await p.locator('.chart svg').first().waitFor() },
    async assortment_rows(p) { await p.locator('[data-item]').first().scrollIntoViewIfNeeded() },
    async assortment_if(p) { await p.locator('[data-open]').click(); await p.locator('input[name=shelf]').fill('60'); await p.locator('[data-try]').click(); await p.locator('[data-imagined]').waitFor() },
    async supply(p) { await p.locator('[data-order]').first().waitFor() },
    async supply_lines(p) { await p.locator('[data-lines]').first().click(); await p.locator('[data-quantity]').first().fill('7'); await p.locator('[data-save]').scrollIntoViewIfNeeded() },
    async supply_good(p) { await p.locator('.bar [role=radio]').nth(1).click(); await p.locator('tr.openable').first().click(); await p.locator('[data-good] .chart svg').waitFor(); await p.mouse.wheel(0, 260) },
    async supply_excess(p) { await p.locator('.bar [role=radio]').nth(2).click(); await p.locator('tr.openable').first().scrollIntoViewIfNeeded() },
    async supply_alerts(p) { await p.locator('.bar [role=radio]').nth(3).click(); await p.locator('tbody tr').first().scrollIntoViewIfNeeded() },
    async supply_past(p) { await p.locator('.bar [role=radio]').nth(4).click(); await p.locator('[data-play]').click(); await p.locator('[data-past] .chart svg').waitFor({ timeout: 60_000 }); await p.mouse.wheel(0, 400) },
    async supply_settings(p) { await p.locator('.bar [role=radio]').nth(5).click(); await p.locator('input[name=A]').waitFor() },
    async price(p) { await p.locator('[data-price]').first().click(); await p.locator('input[name=price]').fill('1.234') },
    async palette(p) { await p.keyboard.press('Control+k'); await p.keyboard.type('price'); await p.locator('[role=option]').first().waitFor() },
    async conversations(p) { await p.locator('.talk').first().waitFor() },
    async mapping(p) { await p.locator('input[type=file]').setInputFiles({ name: 'products_export_with_a_long_name_2026-11.csv', mimeType: 'text/csv', buffer: Buffer.from('Handle,Title,Vendor,Category,SKU,Price,Stock,Colour\nbowl,"Stoneware bowl, hand-thrown, food-safe glaze, dishwasher-proof, made in small numbers",Kiln,Home > Bowls,BOWL-1,39.00,12,\n') }); await p.locator('.mapping').waitFor() },
    async report(p) { await p.locator('input[type=file]').setInputFiles({ name: 'products.csv', mimeType: 'text/csv', buffer: Buffer.from('Handle,Title,SKU,Price,Stock\nbowl,Bowl,BOWL-1,39.00,12\nplate,Plate,PLATE-1,free,3\ncup,Cup,,12.00,3\n') }); await p.locator('.flow footer .el-button--primary').click(); await p.locator('.say').waitFor() },
  }, '', wants)
  await small.stop()
  const bare = await startEngine()
  const nobody = await owner(bare)
  const half = Object.fromEntries(['/', '/assortment', '/supply', '/data', '/catalogue', '/orders', '/customers', '/conversations', '/search', '/jobs', '/ledger', '/audit'].map((p) => [`empty${p.slice(1) || 'today'}`, p]))
  await photograph(bare, nobody.state, half, {}, '', [...wants])
  await bare.stop()
}
await browser.close()
for (const p of problems) console.log(p)
console.log(problems.length ? `${problems.length} problems` : 'no console errors')
process.exitCode = problems.length ? 1 : 0

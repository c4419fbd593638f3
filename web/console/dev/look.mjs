// Photographs every page in both languages, both themes and two widths, and fails on any console error.
// Needs `npm run mock` and `npm run preview` running, and a Chromium (CHROMIUM, default /usr/bin/chromium).
//   node dev/look.mjs OUTPUT_FOLDER [page-name-part] [zh|en] [light|dark] [1440|820]
import { mkdirSync } from 'node:fs'
import { chromium } from 'playwright-core'

const [out = 'test-results/look', only = '', ...wants] = process.argv.slice(2)
const base = process.env.CONSOLE_URL ?? 'http://127.0.0.1:18201/console'
const pages = {
  today: '/', chain: '/chain', chain_dialogue: '/chain/dialogue', data: '/data', catalogue: '/catalogue', product: '/catalogue/prd_3TG2', orders: '/orders', order: '/orders/ord_x', customers: '/customers', customer: '/customers/cus_x', conversations: '/conversations',
  operations: '/operations/orders.place', operation_docs: '/operations/orders.place', jobs: '/jobs', ledger: '/ledger', audit: '/audit', settings: '/settings/model', keys: '/settings/keys', users: '/settings/users', lost: '/nowhere', palette: '/', sign_in: '/sign-in', set_up: '/setup#abc',
}
const before = {
  async operations(p) { await p.locator('[data-run]').click(); await p.locator('.el-message-box, .el-dialog').getByRole('button').last().click(); await p.waitForTimeout(400) },
  async operation_docs(p) { await p.getByRole('tab').nth(1).click() },
  async palette(p) { await p.keyboard.press('Control+k'); await p.keyboard.type('or'); await p.waitForTimeout(150) },
  async today(p) { await p.locator('[data-decision] .more').first().click() },
  async data(p) { await p.locator('input[type=file]').setInputFiles({ name: 'products_export.csv', mimeType: 'text/csv', buffer: Buffer.from('a,b\n1,2\n') }); await p.waitForTimeout(400) },
}
mkdirSync(out, { recursive: true })
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] })
let problems = 0
// real identifiers for the detail pages
const api = async (op, body) => (await fetch(`${base.replace('/console', '')}/v1/${op}`, { method: 'POST', body: JSON.stringify(body) })).json()
pages.product = `/catalogue/${(await api('catalog/list_products', { page_size: 4 })).products[2].product_id}`
pages.order = `/orders/${(await api('orders/list_orders', { status: 'delivered', page_size: 1 })).orders[0].order_id}`
pages.customer = `/customers/${(await api('orders/list_orders', { page_size: 1 })).orders[0].customer_id}`
for (const locale of ['zh', 'en']) for (const theme of ['light', 'dark']) for (const width of [1440, 820]) {
  if (wants.length && ![locale, theme, String(width)].every((x, i) => wants.every((w) => ![['zh', 'en'], ['light', 'dark'], ['1440', '820']][i].includes(w) || w === x))) continue
  const context = await browser.newContext({ viewport: { width, height: width > 1000 ? 900 : 1180 }, locale: locale === 'zh' ? 'zh-CN' : 'en', colorScheme: theme, timezoneId: 'Asia/Shanghai' })
  await context.addCookies([{ name: 'kindling_csrf', value: 'mock', url: base }])
  for (const [name, path] of Object.entries(pages)) {
    if (only && only !== 'all' && !name.includes(only)) continue
    const page = await context.newPage()
    page.on('console', (m) => { if (['error', 'warning'].includes(m.type()) && !(name === 'operations' && /status of 400/.test(m.text()))) { problems++; console.log(`${name} ${locale} ${theme} ${width}: ${m.text()}`) } })
    page.on('pageerror', (e) => { problems++; console.log(`${name} ${locale} ${theme} ${width}: ${e}`) })
    await page.goto(base + path, { waitUntil: 'load' })
    await page.waitForTimeout(700)
    try { await before[name]?.(page) } catch (e) { problems++; console.log(`${name}: ${e.message.split('\n')[0]}`) }
    await page.waitForTimeout(250)
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
    if (wide > 0) { problems++; console.log(`${name} ${locale} ${theme} ${width}: ${wide} px too wide`) }
    await page.screenshot({ path: `${out}/${name}-${locale}-${theme}-${width}.png` })
    await page.close()
  }
  await context.close()
}
await browser.close()
console.log(problems ? `${problems} problems` : 'no console errors')
process.exitCode = problems ? 1 : 0

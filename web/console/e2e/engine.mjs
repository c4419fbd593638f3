// A real engine on a free port with a demo shop of its own, as a merchant would start it, and a browser that reports whatever goes wrong.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'

const root = fileURLToPath(new URL('../../../', import.meta.url))
export const binary = process.env.KINDLING_BINARY ?? path.join(root, 'build/release/bin/kindling')
export const browserPath = process.env.CHROMIUM ?? '/usr/bin/chromium'

/** Fills a shop (`demo` = flags of `kindling demo`; none = an empty shop), serves it, and gives its address and its one-time token. */
export async function startEngine(demo) {
  const folder = mkdtempSync(path.join(tmpdir(), 'kindling-e2e-'))
  const data = path.join(folder, 'data'), links = path.join(folder, 'links')
  const env = { ...process.env, KINDLING_LINKS_FILE: links, LANG: 'C.UTF-8' }
  if (demo) {
    const made = spawnSync(binary, ['--data', data, 'demo', ...demo], { env, encoding: 'utf8' })
    if (made.status !== 0) throw new Error(`the demo shop was not made: ${made.stderr}`)
  }
  const process_ = spawn(binary, ['--data', data, 'serve', '--listen', '127.0.0.1:0'], { env, stdio: ['ignore', 'ignore', 'pipe'] })
  let log = ''
  process_.stderr.on('data', (d) => { log += d })
  const ended = new Promise((done) => process_.on('exit', done))
  const read = () => (existsSync(links) ? /(http:\/\/127\.0\.0\.1:\d+)\/console\/(?:setup#(\S+))?/.exec(readFileSync(links, 'utf8')) : null)
  const until = Date.now() + 20_000
  while (!read()) {
    if (process_.exitCode !== null || Date.now() > until) throw new Error(`the engine did not start: ${log}`)
    await new Promise((r) => setTimeout(r, 20))  // a poll for a condition, not a wait for luck
  }
  const [, url, token] = read()
  return {
    url, token,
    /** Asks as a visitor, or with an API key. */
    async ask(operation, body, key) {
      const r = await fetch(`${url}/v1/${operation.replace('.', '/')}`, { method: 'POST', headers: { 'Content-Type': 'application/json', ...(key ? { Authorization: `Bearer ${key}` } : {}) }, body: JSON.stringify(body) })
      return { status: r.status, answer: await r.json() }
    },
    operations: async () => new Set((await (await fetch(`${url}/v1/registry`)).json()).operations.map((o) => o.name)),
    log: () => log,
    async stop() { process_.kill('SIGTERM'); const code = await ended; rmSync(folder, { recursive: true, force: true }); return code },
  }
}

export const openBrowser = () => chromium.launch({ executablePath: browserPath, args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run'] })

/** Every console error, exception and failed request of a page, except refusals that a step has announced. */
export function watchPage(page, where, problems) {
  const announced = new Set()
  const fine = (url) => [...announced].some((a) => url.endsWith(a))
  page.on('console', (m) => { if (['error', 'warning'].includes(m.type()) && !fine(m.location().url)) problems.push(`${where()}: console: ${m.text()} ${m.location().url}`) })
  page.on('pageerror', (e) => problems.push(`${where()}: exception: ${e}`))
  page.on('requestfailed', (r) => { if (r.failure()?.errorText !== 'net::ERR_ABORTED') problems.push(`${where()}: ${r.url()}: ${r.failure()?.errorText}`) })
  page.on('response', (r) => { if (r.status() >= 400 && !fine(r.url())) problems.push(`${where()}: ${r.status()} ${r.url()}`) })
  return { refusal(operation) { announced.add(`/v1/${operation.replace('.', '/')}`) }, peace() { announced.clear() } }
}

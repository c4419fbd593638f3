import { readdirSync, readFileSync } from 'node:fs'
import { createI18n } from 'vue-i18n'
import { describe, expect, it, vi } from 'vitest'
import { iconNames } from '../ui/Icon.vue'
import { chain } from '../lib/chain'
import { places } from '../router'
import { en } from './en'
import { preferredLocale } from './index'
import { zh } from './zh'

const flat = (o: object, p = ''): [string, string][] => Object.entries(o).flatMap(([k, v]) => (typeof v === 'object' ? flat(v, `${p}${k}.`) : [[`${p}${k}`, v as string]]))
const slots = (s: string) => [...new Set([...s.matchAll(/\{(\w+)\}/g)].map((m) => m[1]))].sort()

describe('both languages', () => {
  const a = flat(en), b = new Map(flat(zh))
  it('have the same keys, in the same order', () => expect([...b.keys()]).toEqual(a.map(([k]) => k)))
  it('leave nothing empty', () => { for (const [k, v] of [...a, ...b]) expect(v, k).not.toBe('') })
  it('fill the same places in every sentence', () => { for (const [k, v] of a) expect(slots(b.get(k)!), k).toEqual(slots(v)) })
  it('compile: no stray @, | or brace', () => {
    const complaints: unknown[] = []
    const listen = [vi.spyOn(console, 'warn'), vi.spyOn(console, 'error')].map((s) => s.mockImplementation((...x) => { complaints.push(x) }))
    const make = createI18n as unknown as (o: object) => { global: { t: (k: string, p: object, o: object) => string } }
    const i = make({ legacy: false, locale: 'en', messages: { en: { ...en, wrong: 'a@b.c' }, zh }, missingWarn: false, fallbackWarn: false })
    for (const locale of ['en', 'zh']) for (const [k] of a) { try { i.global.t(k, {}, { locale }) } catch (e) { complaints.push([k, e]) } }
    const before = [...complaints]
    try { i.global.t('wrong', {}, { locale: 'en' }) } catch (e) { complaints.push(e) }
    listen.forEach((s) => s.mockRestore())
    expect(before).toEqual([])
    expect(complaints.length, 'a stray @ is noticed').toBeGreaterThan(0)
  })
  it('say every scenario, module and place', () => {
    for (const c of chain) { expect(en.module).toHaveProperty(c.module); for (const s of c.scenarios) expect(en.scenario).toHaveProperty(s === 'value' ? s : `s${s}`) }
    for (const p of places) expect(en.nav).toHaveProperty(p.name)
  })
  it('cover every reason that any operation can answer with', () => {
    for (const r of ['invalid_request', 'malformed_json', 'not_utf8', 'duplicate_key', 'body_too_large', 'unknown_operation', 'not_signed_in', 'not_permitted', 'rate_limited', 'idempotency_key_reused', 'idempotency_in_progress', 'shop_not_found', 'store_unavailable', 'store_busy', 'disk_full', 'shutting_down', 'deadline_exceeded', 'cancelled', 'internal', 'amount_overflow', 'malformed_page_token', 'cross_site_request']) expect(en.reason).toHaveProperty(r)
  })
})
describe('keys used in templates', () => {
  const known = new Set(flat(en).map(([k]) => k))
  const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((f: string) => /\.(vue|ts)$/.test(f) && !/test\.ts$/.test(f))
  it('all exist', () => {
    const missing: string[] = []
    for (const f of files) for (const m of readFileSync(`src/${f}`, 'utf8').matchAll(/\bt\('([a-z_]+\.[\w.]+)'/g)) if (!known.has(m[1]!)) missing.push(`${f}: ${m[1]}`)
    expect(missing).toEqual([])
  })
  it('and so do the icons', () => {
    const missing: string[] = []
    for (const f of files) for (const m of readFileSync(`src/${f}`, 'utf8').matchAll(/<Icon name="(\w+)"/g)) if (!iconNames.includes(m[1]!)) missing.push(`${f}: ${m[1]}`)
    expect([...missing, ...places.filter((p) => !iconNames.includes(p.icon)).map((p) => p.name)]).toEqual([])
  })
})
describe('the language of a first visit', () => {
  it('is what was chosen, else what the browser speaks first', () => {
    expect(preferredLocale('en', ['zh-CN'])).toBe('en')
    expect(preferredLocale(null, ['zh-TW', 'en'])).toBe('zh-CN')
    expect(preferredLocale(null, ['fr', 'en-GB', 'zh'])).toBe('en')
    expect(preferredLocale('xx', [])).toBe('en')
  })
})

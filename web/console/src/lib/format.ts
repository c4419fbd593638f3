// Numbers, money and time as people read them, by Intl. Pure; the locale and the shop's time zone are arguments.
export type Locale = 'zh-CN' | 'en'
export const dash = '–'

/** "CN" → 中国, "zh" → 中文; what is no code stays as it is. */
export function nameOf(code: unknown, type: 'region' | 'language', locale: string): string {
  if (typeof code !== 'string' || !code) return ''
  try { return new Intl.DisplayNames([locale], { type }).of(code) ?? code } catch { return code }
}

const cache = new Map<string, Intl.NumberFormat>()
function numberFormat(locale: string, options: Intl.NumberFormatOptions) {
  const key = locale + JSON.stringify(options)
  let f = cache.get(key)
  if (!f) cache.set(key, (f = new Intl.NumberFormat(locale, options)))
  return f
}

export const formatNumber = (v: unknown, locale: string, digits = 2) =>
  typeof v === 'number' && Number.isFinite(v) ? numberFormat(locale, { maximumFractionDigits: digits, signDisplay: 'negative' }).format(v) : dash  // nothing is “-0”

/** 12,345 → "12.3K" / "1.2万": for figures that are read at a glance, with the exact value in the title. */
export const formatCompact = (v: unknown, locale: string) =>
  typeof v === 'number' && Number.isFinite(v) ? numberFormat(locale, { notation: 'compact', maximumFractionDigits: 1 }).format(v) : dash

export function currencyDecimals(currency: string): number {
  try { return numberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2 } catch { return 2 }
}

export function formatMoney(minor: unknown, currency: string | undefined, locale: string, style: 'exact' | 'round' | 'compact' = 'exact'): string {
  if (typeof minor !== 'number' || !Number.isFinite(minor)) return dash
  const code = currency && /^[A-Z]{3}$/.test(currency) ? currency : 'CNY'
  const value = minor / 10 ** currencyDecimals(code)
  const extra: Intl.NumberFormatOptions = style === 'compact' ? { notation: 'compact', maximumFractionDigits: 1, minimumFractionDigits: 0 } : style === 'round' ? { maximumFractionDigits: 0, minimumFractionDigits: 0 } : {}
  return numberFormat(locale, { style: 'currency', currency: code, currencyDisplay: 'narrowSymbol', ...extra }).format(value)
}

/** An amount as a person types it ("1,299.5", "￥129") in minor units; undefined when it is none or too precise for the currency. */
export function parseMoney(text: string, currency: string): number | undefined {
  const plain = text.trim().replace(/^[^\d.-]+/, '').replace(/,(?=\d{3}(\D|$))/g, '').trim()
  const decimals = currencyDecimals(currency)
  if (!/^\d{1,12}(\.\d*)?$/.test(plain)) return undefined
  const [whole = '0', part = ''] = plain.split('.')
  return part.length > decimals ? undefined : Number(whole + part.padEnd(decimals, '0'))
}

export const formatShare = (v: unknown, locale: string, digits = 1) =>
  typeof v === 'number' && Number.isFinite(v) ? numberFormat(locale, { style: 'percent', maximumFractionDigits: digits, minimumFractionDigits: digits, signDisplay: 'negative' }).format(v) : dash  // nor “-0.0 %”

/** Change from `previous` to `value` as a signed share; undefined when there is nothing to compare with. */
export function change(value: number | undefined, previous: number | undefined): number | undefined {
  return typeof value !== 'number' || typeof previous !== 'number' || previous === 0 ? undefined : (value - previous) / Math.abs(previous)
}
export const formatChange = (v: number | undefined, locale: string) =>
  v === undefined ? dash : numberFormat(locale, { style: 'percent', maximumFractionDigits: 1, signDisplay: 'exceptZero' }).format(v)

const dateCache = new Map<string, Intl.DateTimeFormat>()
function dateFormat(locale: string, options: Intl.DateTimeFormatOptions) {
  const key = locale + JSON.stringify(options)
  let f = dateCache.get(key)
  if (!f) {
    try { f = new Intl.DateTimeFormat(locale, options) } catch { f = new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' }) }
    dateCache.set(key, f)
  }
  return f
}

/** Engines speak in milliseconds; an ISO text is read as well. */
export const toMs = (v: unknown): number | undefined => {
  if (typeof v === 'number' && Number.isFinite(v)) return v
  if (typeof v !== 'string' || !v) return undefined
  const ms = Date.parse(v)
  return Number.isNaN(ms) ? undefined : ms
}
export function formatInstant(v: unknown, locale: string, timeZone = 'Asia/Shanghai', style: 'minute' | 'second' | 'day' = 'minute'): string {
  const ms = toMs(v)
  if (ms === undefined) return dash
  const day: Intl.DateTimeFormatOptions = { year: 'numeric', month: locale === 'en' ? 'short' : '2-digit', day: locale === 'en' ? 'numeric' : '2-digit' }
  const time: Intl.DateTimeFormatOptions = style === 'day' ? {} : { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', ...(style === 'second' ? { second: '2-digit' } : {}) }
  return dateFormat(locale, { ...day, ...time, timeZone }).format(ms)
}
export const formatDay = (day: unknown, locale: string) =>
  typeof day === 'number' ? dateFormat(locale, { month: locale === 'en' ? 'short' : 'numeric', day: 'numeric', timeZone: 'UTC' }).format(day * 86_400_000) : dash

const steps: [Intl.RelativeTimeFormatUnit, number][] = [['day', 86_400], ['hour', 3_600], ['minute', 60], ['second', 1]]
export function formatAgo(v: unknown, locale: string, now: number): string {
  const ms = toMs(v)
  if (ms === undefined) return dash
  const seconds = Math.round((ms - now) / 1000)
  if (Math.abs(seconds) > 30 * 86_400) return formatInstant(ms, locale, 'UTC', 'day')
  const [unit, size] = steps.find(([, size]) => Math.abs(seconds) >= size) ?? steps[3]!
  return new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(Math.round(seconds / size), unit)
}
export function formatDuration(ms: unknown, locale: string): string {
  if (typeof ms !== 'number' || ms < 0) return dash
  const unit = (value: number, u: string, digits: number) => numberFormat(locale, { style: 'unit', unit: u, unitDisplay: 'short', maximumFractionDigits: digits }).format(value)
  return ms < 1000 ? unit(ms, 'millisecond', ms < 10 ? 1 : 0) : ms < 60_000 ? unit(ms / 1000, 'second', 1) : `${unit(Math.floor(ms / 60_000), 'minute', 0)} ${unit(Math.floor((ms % 60_000) / 1000), 'second', 0)}`
}
export const formatUnit = (v: unknown, unit: string, locale: string) =>
  typeof v === 'number' && Number.isFinite(v) ? numberFormat(locale, { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: 0 }).format(v) : dash

export function formatBytes(bytes: unknown, locale: string): string {
  if (typeof bytes !== 'number' || bytes < 0) return dash
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte']
  const i = Math.min(units.length - 1, bytes < 1 ? 0 : Math.floor(Math.log10(bytes) / 3))
  return numberFormat(locale, { style: 'unit', unit: units[i]!, unitDisplay: 'short', maximumFractionDigits: i ? 1 : 0 }).format(bytes / 1000 ** i)
}

/** Of a note that says the same twice, first in English and then in Chinese, the part in the reader's language; any other text whole. */
export function inTongue(text: string | undefined, locale: Locale): string {
  const both = /^([^\p{Script=Han}]*[.!?])\s+(\p{Script=Han}.*)$/su.exec(text ?? '')
  return both ? both[locale === 'zh-CN' ? 2 : 1]! : (text ?? '')
}

// The formatters of lib/format.ts, bound to the language in use and to the shop's currency and time zone.
import { computed } from 'vue'
import { useI18n } from 'vue-i18n'
import type { ApiError } from '../api/call'
import type { Locale } from './format'
import { usePreferences } from '../stores/preferences'
import { useSession } from '../stores/session'
import * as f from './format'
import { humanise, labelFrom } from './schema'

export function useFormat() {
  const { t, te } = useI18n()
  const preferences = usePreferences()
  const session = useSession()
  const locale = computed<Locale>(() => preferences.locale)
  const zh = computed(() => locale.value === 'zh-CN')
  /** A dictionary entry when there is one, the plain words otherwise: the engine may know states that this console does not. */
  const word = (group: string, key: string | undefined) => (!key ? f.dash : te(`${group}.${key}`) ? t(`${group}.${key}`) : humanise(key))
  const reason = (e: Pick<ApiError, 'reason' | 'message'>) => (te(`reason.${e.reason}`) ? t(`reason.${e.reason}`) : e.message || humanise(e.reason))
  return {
    t, te, locale, zh, word,
    number: (v: unknown, digits?: number) => f.formatNumber(v, locale.value, digits), compact: (v: unknown) => f.formatCompact(v, locale.value),
    money: (v: unknown, currency?: string, style?: 'exact' | 'round' | 'compact') => f.formatMoney(v, currency ?? session.currency, locale.value, style),
    share: (v: unknown, digits?: number) => f.formatShare(v, locale.value, digits), change: (v: number | undefined) => f.formatChange(v, locale.value),
    instant: (v: unknown, style?: 'minute' | 'second' | 'day') => f.formatInstant(v, locale.value, session.timeZone, style), day: (v: unknown) => f.formatDay(v, locale.value),
    ago: (v: unknown, now = Date.now()) => f.formatAgo(v, locale.value, now), duration: (v: unknown) => f.formatDuration(v, locale.value), bytes: (v: unknown) => f.formatBytes(v, locale.value),
    /** The reader's language first, then the other, then a plain field: catalogues are rarely complete in both. */
    pick: (o: object | undefined, field: string): string => {
      const r = (o ?? {}) as Record<string, unknown>
      const order = zh.value ? [`${field}_zh`, field, `${field}_en`] : [`${field}_en`, field, `${field}_zh`]
      for (const k of order) if (typeof r[k] === 'string' && r[k]) return r[k] as string
      const both = r[field] as { en?: string; zh?: string } | undefined
      return (both && typeof both === 'object' && ((zh.value ? both.zh : both.en) || both.en || both.zh)) || ''
    },
    /** The name of a field for people: `amount_minor` reads as Amount, for its unit is in the value. */
    fieldName: (name: string, title?: string, description?: string) => {
      const short = name.replace(/_minor$|_ms$/, '')
      for (const k of [name, short]) if (te(`field.${k}`)) return t(`field.${k}`)
      return title ?? ((zh.value && labelFrom(description)) || humanise(short))
    },
    /** One of the values that a field may have. */
    choice: (v: string) => (te(`choice.${v}`) ? t(`choice.${v}`) : te(`state.${v}`) ? t(`state.${v}`) : humanise(v)),
    country: (code: unknown) => f.nameOf(code, 'region', locale.value), language: (code: unknown) => f.nameOf(code, 'language', locale.value),
    hours: (v: unknown) => f.formatUnit(v, 'hour', locale.value),
    /** A note that the engine keeps in both languages at once, in the reader's. */
    tongue: (text: string | undefined) => f.inTongue(text, locale.value),
    reason,
    // What is wrong with one field of a form, or with something inside it; nothing when it is right.
    fieldReason: (e: ApiError | undefined, field: string) => { const f = e?.fields.find((f) => f.path === `/${field}` || f.path.startsWith(`/${field}/`)); return f ? reason(f) : '' },
    scenario: (s: string | undefined) => (s ? (te(`scenario.s${s}`) ? t(`scenario.s${s}`) : te(`scenario.${s}`) ? t(`scenario.${s}`) : s) : ''),
  }
}

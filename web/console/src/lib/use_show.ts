// One value of an answer as text, by its field's name.
import { kindOf, type Plain } from './values'
import { useFormat } from './use_format'

export function useShow() {
  const { t, te, money, instant, duration, day, share, number } = useFormat()
  return (k: string, v: unknown, row: Plain): string => {
    switch (kindOf(k, v)) {
      case 'money': return money(v, typeof row.currency === 'string' ? row.currency : undefined)
      case 'instant': return instant(v)
      case 'duration': return duration(v)
      case 'day': return day(v)
      case 'share': return share(v)
      // a row that says in which unit its figures are
      case 'number': return row.unit === 'minor' ? money(v, typeof row.currency === 'string' ? row.currency : undefined) : row.unit === 'share' ? share(v) : number(v, k === 'rating' ? 1 : 4)
      case 'boolean': return v ? t('ui.yes') : t('ui.no')
      case 'nothing': return '–'
      case 'text': { const s = String(v), key = `${k === 'method' ? 'pay' : k}.${s}`; return /^\w+$/.test(s) && te(key) ? t(key) : s }
      default: return Array.isArray(v) && !v.some((x) => typeof x === 'object') ? v.join(', ') : JSON.stringify(v)
    }
  }
}

// A rule of lists as people type it, and back.
import type { MerchandisingRule } from '../../api/operations'

export interface RuleDraft { rule_id: string; title: string; query: string; category_id: string; pin: string; boost: string; bury: string; hide: string; banner_en: string; banner_zh: string; banner_link: string; redirect: string; arm: string }
export const emptyRule = (): RuleDraft => ({ rule_id: '', title: '', query: '', category_id: '', pin: '', boost: '', bury: '', hide: '', banner_en: '', banner_zh: '', banner_link: '', redirect: '', arm: '' })
const ids = (text: string) => text.split(/[\s,，;；]+/).filter(Boolean)
export const boosted = 3, buried = 1 / 3
export function toRule(d: RuleDraft): Record<string, unknown> {
  const [experiment_id = '', arm_id = ''] = d.arm.split('/')
  const move = [...(ids(d.boost).length ? [{ product_ids: ids(d.boost), strength: boosted }] : []), ...(ids(d.bury).length ? [{ product_ids: ids(d.bury), strength: buried }] : [])]
  return { ...(d.rule_id ? { rule_id: d.rule_id } : {}), title: d.title.trim(), query: d.query.trim(), category_id: d.category_id, pin: ids(d.pin), move, hide: ids(d.hide), banner_en: d.banner_en.trim(), banner_zh: d.banner_zh.trim(), banner_link: d.banner_link.trim(), redirect: d.redirect.trim(), experiment_id, arm_id }
}
export const toRuleDraft = (r: MerchandisingRule): RuleDraft => ({
  rule_id: r.rule_id, title: r.title, query: r.query, category_id: r.category_id, pin: r.pin.join(', '), boost: r.move.filter((m) => m.strength > 1).flatMap((m) => m.product_ids).join(', '), bury: r.move.filter((m) => m.strength < 1).flatMap((m) => m.product_ids).join(', '), hide: r.hide.join(', '),
  banner_en: r.banner_en, banner_zh: r.banner_zh, banner_link: r.banner_link, redirect: r.redirect, arm: r.experiment_id ? `${r.experiment_id}/${r.arm_id}` : '',
})
/** What the form can hold without loss; others are edited under Operations. */
export const ruleFits = (r: MerchandisingRule) => !r.places.length && r.starts_at_ms === undefined && r.ends_at_ms === undefined && r.move.every((m) => !m.brands.length && !m.category_id && (Math.abs(m.strength - boosted) < 1e-6 || Math.abs(m.strength - buried) < 1e-6))

// Rules of recommendation rows as people type them, and back; what an estimate says.
import type { RecommendationRules, SlotEstimate } from '../../api/operations'

export const placements = ['home', 'product', 'basket', 'after_purchase', 'return_visit', 'email'] as const
export interface RowDraft { placement: string; arm: string; best_sellers_only: boolean; margin_weight: number; fresh_weight: number; fresh_half_life_days: number; shown_weight: number; shown_limit: number; most_of_category: number; explore_percent: number; never: string }
/** As the server has it for rows without a rule (modules/selection/api.h). */
export const usualExplorePercent = 5
export const emptyRow = (): RowDraft => ({ placement: '', arm: '', best_sellers_only: false, margin_weight: 0, fresh_weight: 0, fresh_half_life_days: 14, shown_weight: 0, shown_limit: 0, most_of_category: 0, explore_percent: usualExplorePercent, never: '' })
export const toRowDraft = (r: RecommendationRules): RowDraft => ({
  placement: r.placement ?? '', arm: r.experiment_id ? `${r.experiment_id}/${r.arm_id}` : '', best_sellers_only: r.best_sellers_only, margin_weight: r.margin_weight, fresh_weight: r.fresh_weight, fresh_half_life_days: r.fresh_half_life_days,
  shown_weight: r.shown_weight, shown_limit: r.shown_limit, most_of_category: r.most_of_category, explore_percent: Math.round(r.explore_share * 1000) / 10, never: r.never.join(', '),
})
export function toRow(d: RowDraft): Record<string, unknown> {
  const [experiment_id = '', arm_id = ''] = d.arm.split('/')
  const { placement, arm: _arm, explore_percent, never, ...rest } = d
  return { ...rest, ...(placement ? { placement } : {}), experiment_id, arm_id, explore_share: explore_percent / 100, never: never.split(/[\s,，;；]+/).filter(Boolean) }
}
/** The same rows with one put in, changed or taken out: the operation takes them whole. */
export function withRow(rules: RecommendationRules[], at: number | undefined, d?: RowDraft): object[] {
  if (!d) return rules.filter((_, i) => i !== at)
  if (at === undefined) return [...rules, toRow(d)]
  return rules.map((r, i) => (i === at ? toRow(d) : r))
}
export type Said = 'none' | 'too_few' | 'better' | 'worse' | 'open'
/** Two intervals that do not meet say which is better; nothing less does. */
export const said = (e: SlotEstimate): Said => (e.places === 0 ? 'none' : !e.proposed.readable || !e.as_ordered.readable ? 'too_few' : e.proposed.low > e.as_ordered.high ? 'better' : e.proposed.high < e.as_ordered.low ? 'worse' : 'open')

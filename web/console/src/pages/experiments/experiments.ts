// What an experiment says, as a page shows it.
import type { ArmReading, CoursePoint } from '../../api/operations'

export type Verdict = 'control' | 'too_few' | 'better' | 'worse' | 'open'
export const verdict = (a: ArmReading): Verdict => (a.difference === undefined ? 'control' : a.low === undefined || a.high === undefined ? 'too_few' : a.low > 0 ? 'better' : a.high < 0 ? 'worse' : 'open')
/** Three lines over visitors; before the first look there is no interval, and none is drawn. */
export const lines = (course: CoursePoint[]) => ({ labels: course.map((c) => String(c.visitors)), difference: course.map((c) => c.difference), low: course.map((c) => c.low), high: course.map((c) => c.high) })
/** An arm by its title; of who is held out, whether it does without. Words of the dictionary by their key. */
export const nameOfArm = (a: ArmReading, heldOut: string): { key?: string; text: string } =>
  a.title ? { text: a.title } : heldOut !== 'nothing' ? { key: a.difference === undefined ? 'hold_out.without' : 'hold_out.with', text: a.arm_id } : { text: a.arm_id }
/** "as_before, new" → arms of equal share. */
export const armsOf = (text: string) => text.split(/[\s,，;；]+/).filter(Boolean).map((arm_id) => ({ arm_id }))
/** An experiment whose first arm does without the guide or recommendations; the identifier is the engine's to make. */
export const holdOut = (what: 'guide' | 'recommendations', percent: number, metric: string) => ({
  title_en: what === 'guide' ? 'What the guide is worth' : 'What recommendations are worth', title_zh: what === 'guide' ? '导购的价值' : '推荐的价值', kind: 'split', metric, exposure: 'visit', holds_out: what,
  arms: [{ arm_id: 'without', share: percent / 100 }, { arm_id: 'with', share: 1 - percent / 100 }],
})

/** What an estimate of other shares says; 1.96 standard errors either way, and nothing while too few visitors speak of them. */
export function switchSays(e: { now: number; value: number; standard_error: number; readable: boolean }): 'few' | 'better' | 'worse' | 'open' {
  if (!e.readable) return 'few'
  const margin = 1.96 * e.standard_error
  return e.value - margin > e.now ? 'better' : e.value + margin < e.now ? 'worse' : 'open'
}

// What a job is, who asked for it and what it is at, in the reader's words. The engine names an operation and says in English what it is at; what this
// console does not know is shown as the engine said it.
import { useFormat } from '../../lib/use_format'
import { useRegistry } from '../../stores/registry'
import type { Job } from '../../api/types'

/** The first clause of a summary: what follows a colon or a semicolon is detail, and what follows a comma where it is still long. */
export function firstClause(summary: string) {
  const clause = summary.split(/[:;：；。]|\.(?:\s|$)/)[0]!.trim()
  return clause.length > 60 || /[\u4e00-\u9fff]{24}|.{24}[\u4e00-\u9fff]/.test(clause) ? clause.split(/, |，/)[0]! : clause
}

export const doingKey = (what: string) => what.toLowerCase().replace(/[^a-z]+/g, '_').replace(/^_|_$/g, '')

export function useJobWords() {
  const { t, te, pick } = useFormat()
  const registry = useRegistry()
  void registry.load()
  return {
    title: (j: Job) => firstClause(pick(registry.byName.get(j.operation ?? ''), 'summary')) || j.operation || j.id,
    /** nameOf: of people and keys, who are kept as identifiers (use_names.ts). */
    by: (j: Job, nameOf: (id: string) => string) => (j.user_name && te(`job_by.${j.user_name}`) ? t(`job_by.${j.user_name}`) : j.user_name ? nameOf(j.user_name) : ''),
    doing: (j: Job) => (j.what && te(`doing.${doingKey(j.what)}`) ? t(`doing.${doingKey(j.what)}`) : j.what ?? ''),
    /** Only of a job that ended so: one that was put back into the line keeps what stopped it the first time. */
    failed: (j: Job) => (['failed', 'cancelled'].includes(j.state) ? j.error : undefined),
  }
}

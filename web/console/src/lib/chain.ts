// The chain of the mission: eleven modules in order, with value across, and the scenarios each one carries.
// What is ready is never written here: it is counted from the registry.
import type { Operation } from '../api/types'

export type Stream = 'upstream' | 'midstream' | 'downstream' | 'across'
export interface ChainEntry { module: string; stream: Stream; scenarios: string[] }

const from = (a: number, b: number) => Array.from({ length: b - a + 1 }, (_, i) => String(a + i))
export const chain: ChainEntry[] = [
  { module: 'design', stream: 'upstream', scenarios: from(1, 4) }, { module: 'selection', stream: 'upstream', scenarios: from(5, 6) },
  { module: 'supply', stream: 'upstream', scenarios: from(7, 9) }, { module: 'forecast', stream: 'upstream', scenarios: ['10'] },
  { module: 'creative', stream: 'midstream', scenarios: from(11, 16) }, { module: 'avatar', stream: 'midstream', scenarios: ['17'] },
  { module: 'marketing', stream: 'midstream', scenarios: from(18, 20) }, { module: 'operations', stream: 'midstream', scenarios: from(21, 24) },
  { module: 'dialogue', stream: 'downstream', scenarios: ['25'] }, { module: 'service', stream: 'downstream', scenarios: from(26, 28) },
  { module: 'customers', stream: 'downstream', scenarios: from(29, 30) }, { module: 'value', stream: 'across', scenarios: ['value'] },
]
export const streams: Stream[] = ['upstream', 'midstream', 'downstream', 'across']

/** "25", "5,6" and "value": an operation may serve several scenarios; a value operation is known by its module. */
export const scenariosOf = (o: Pick<Operation, 'scenario' | 'name'>): string[] => {
  const listed = String(o.scenario ?? '').split(/[\s,;+]+/).filter((s) => s && s !== '0')
  return listed.length ? listed : o.name.startsWith('value.') ? ['value'] : []
}
export function byScenario<T extends Pick<Operation, 'scenario' | 'name'>>(operations: T[]): Map<string, T[]> {
  const m = new Map<string, T[]>()
  for (const o of operations) for (const s of scenariosOf(o)) m.set(s, [...(m.get(s) ?? []), o])
  return m
}
export type Readiness = 'none' | 'records' | 'ready'
/** What is saved, listed and fetched is no ability yet: a scenario of which there is nothing else has its data and computes nothing with it. */
export const readiness = (operations: Pick<Operation, 'name'>[] | undefined): Readiness => (!operations?.length ? 'none' : operations.every((o) => /\.(save|list|get)(_|$)/.test(o.name)) ? 'records' : 'ready')
export const moduleOf = (scenario: string | undefined) => chain.find((c) => scenario !== undefined && c.scenarios.includes(scenario))

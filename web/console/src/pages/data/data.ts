// The mapping of a file's columns to Kindling's fields, checked before anything is sent. No Vue, no network.
import type { ImportField, InspectedColumn } from '../../api/types'

export interface Mapped { column: string; field: string; samples: string[]; confidence?: number; guessed: string }
export const mapped = (columns: InspectedColumn[]): Mapped[] =>
  columns.map((c) => ({ column: c.name, field: c.field ?? '', samples: c.samples ?? [], guessed: c.field ?? '', ...(c.confidence !== undefined ? { confidence: c.confidence } : {}) }))

/** Needed fields that no column leads to, and fields that two columns lead to. */
export function faults(rows: readonly Mapped[], fields: readonly ImportField[]): { missing: ImportField[]; twice: string[] } {
  const count = new Map<string, number>()
  for (const r of rows) if (r.field) count.set(r.field, (count.get(r.field) ?? 0) + 1)
  return { missing: fields.filter((f) => f.required && !count.has(f.name)), twice: [...count].filter(([, n]) => n > 1).map(([f]) => f) }
}
export const request = (file: { id: string; name: string }, kind: string | undefined, rows: readonly Mapped[], partial: boolean) => ({
  file_id: file.id, ...(file.name ? { file_name: file.name.slice(0, 300) } : {}), ...(kind ? { kind } : {}), mapping: rows.filter((r) => r.field).map((r) => ({ column: r.column, field: r.field })), on_refused: partial ? 'keep_good' : 'write_nothing',
})

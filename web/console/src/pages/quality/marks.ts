// Reviews that people have marked, out of a file: a JSON list, {"reviews": […]}, or one JSON object a line.
export interface Mark { text: string; opinions: unknown[] }
export interface Marks { reviews: Mark[]; opinions: number; problem?: { kind: 'not_json' | 'not_marks' | 'nothing'; line: number } }

const isMark = (x: unknown): x is Mark => typeof x === 'object' && x !== null && typeof (x as Mark).text === 'string' && Array.isArray((x as Mark).opinions)
const no = (kind: 'not_json' | 'not_marks' | 'nothing', line: number): Marks => ({ reviews: [], opinions: 0, problem: { kind, line } })
export function readMarks(text: string): Marks {
  const whole = text.replace(/^\uFEFF/, '').trim()
  if (!whole) return no('nothing', 1)
  let rows: { value: unknown; line: number }[]
  try {
    const all: unknown = JSON.parse(whole)
    const list = Array.isArray(all) ? all : Array.isArray((all as { reviews?: unknown } | null)?.reviews) ? (all as { reviews: unknown[] }).reviews : [all]
    rows = list.map((value, i) => ({ value, line: i + 1 }))
  } catch {
    rows = []
    for (const [i, line] of whole.split(/\r?\n/).entries()) {
      if (!line.trim()) continue
      try { rows.push({ value: JSON.parse(line), line: i + 1 }) } catch { return no('not_json', i + 1) }
    }
  }
  const wrong = rows.find((r) => !isMark(r.value))
  if (wrong) return no('not_marks', wrong.line)
  const reviews = rows.map((r) => r.value as Mark)
  return reviews.length ? { reviews, opinions: reviews.reduce((n, r) => n + r.opinions.length, 0) } : no('nothing', 1)
}

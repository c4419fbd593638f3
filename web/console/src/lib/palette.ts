// Ranking for the command palette: word beginnings first, then anywhere, then letters in order. Pure.

/** 0: no match; higher is better. Every word of the query must be found somewhere. */
export function score(query: string, texts: string[]): number {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean)
  if (!words.length) return 1
  let total = 0
  for (const w of words) {
    let best = 0
    for (const [i, raw] of texts.entries()) {
      const text = raw.toLowerCase(), at = text.indexOf(w)
      const s = text === w ? 100 : at === 0 ? 60 : at > 0 ? (/[\s._-]/.test(text[at - 1]!) ? 40 : 20) : i === 0 && inOrder(w, text) ? 5 : 0
      best = Math.max(best, s - Math.min(4, i))
    }
    if (best <= 0) return 0
    total += best
  }
  return total
}
function inOrder(w: string, text: string) {
  let i = 0
  for (const c of text) if (c === w[i]) i++
  return w.length > 1 && i === w.length
}

// The owner's occasions as people fill them in, and back to the setting guide_occasions: one a line, "words: kinds; qualities; worn". Remarks and what cannot be read stay as they are.

export interface Occasion { said: string; kinds: string; qualities: string; worn: boolean }
/** A line of the setting; without an occasion: a remark, an empty line, or one that cannot be read. */
export interface OccasionLine { text: string; occasion?: Occasion }

export const emptyOccasion = (): Occasion => ({ said: '', kinds: '', qualities: '', worn: false })
const plain = (text: string) => text.replace(/：/g, ':').replace(/[，、]/g, ',').replace(/；/g, ';')
const words = (text: string) => plain(text).split(',').map((w) => w.trim()).filter(Boolean).join(', ')

export function readOccasions(setting: string): OccasionLine[] {
  if (!setting.trim()) return []
  return setting.split('\n').map((text) => {
    const line = plain(text).trim(), colon = line.indexOf(':')
    if (!line || line.startsWith('#') || colon < 1) return { text }
    const parts = line.slice(colon + 1).split(';').map((p) => p.trim()), worn = parts.length > 1 && parts.at(-1) === 'worn'
    if (worn) parts.pop()
    if (parts.length > 2 || !parts[0]) return { text }
    return { text, occasion: { said: words(line.slice(0, colon)), kinds: words(parts[0]), qualities: words(parts[1] ?? ''), worn } }
  })
}

/** As the setting has it; a colon or semicolon within a part would begin another. */
export const lineOf = (o: Occasion) => {
  const part = (text: string) => words(text.replace(/[:：;；\n]/g, ','))
  return `${part(o.said)}: ${part(o.kinds)}${part(o.qualities) && `; ${part(o.qualities)}`}${o.worn ? '; worn' : ''}`
}
export const writeOccasions = (lines: OccasionLine[]) => lines.map((l) => l.text).join('\n').trim()

// The same request from elsewhere: curl, the command line, an MCP client. Generated from the operation's declaration; no Vue here.
import { path } from '../../api/call'
import type { Operation } from '../../api/types'

/** Safe inside single quotes of a POSIX shell. */
export const quote = (s: string) => `'${s.replaceAll("'", `'\\''`)}'`
const bare = (s: string) => (/^[\w@%+=:,./-]+$/.test(s) ? s : quote(s))

export function curl(o: Pick<Operation, 'name' | 'effect'>, body: unknown, origin: string): string {
  const lines = [`curl -sS ${bare(origin + path(o.name))}`, `  -H ${quote('Content-Type: application/json')}`, `  -H "Authorization: Bearer $KINDLING_KEY"`]
  if (o.effect !== 'read') lines.push('  -H "Idempotency-Key: $(uuidgen)"')
  return [...lines, `  -d ${quote(JSON.stringify(body))}`].join(' \\\n')
}
export function commandLine(o: Pick<Operation, 'name'>, body: Record<string, unknown>): string {
  const flags = Object.entries(body).map(([k, v]) => {
    const flag = `--${k.replaceAll('_', '-')}`
    return typeof v === 'boolean' ? (v ? flag : `${flag}=false`) : `${flag} ${typeof v === 'object' ? quote(JSON.stringify(v)) : bare(String(v))}`
  })
  const words = `kindling ${o.name.replace('.', ' ').replaceAll('_', '-')}`
  return flags.length > 2 ? [words, ...flags.map((f) => `  ${f}`)].join(' \\\n') : [words, ...flags].join(' ')
}
export const mcp = (o: Pick<Operation, 'name'>, body: unknown) =>
  JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: o.name, arguments: body } }, null, 2)

// Lists keep identifiers of people and keys; whoever may see them reads their names instead.
import { computed } from 'vue'
import { keys, users } from '../api'
import { useRegistry } from '../stores/registry'
import { useSession } from '../stores/session'
import { useFormat } from './use_format'
import { useOperation } from './use_operation'

export function useNames() {
  const session = useSession()
  const registry = useRegistry()
  const people = useOperation('users.list', users.list)
  const access = useOperation('keys.list', keys.list)
  void registry.load().then(() => { for (const [op, asked] of [['users.list', people], ['keys.list', access]] as const) if (session.may(registry.byName.get(op)?.permission ?? 'nobody')) void asked.run() })
  const names = computed(() => new Map([...(people.data.value?.users ?? []).map((u) => [u.id, u.name || u.email] as const), ...(access.data.value?.keys ?? []).map((k) => [k.id, k.name] as const)]))
  const nameOf = (id: string | undefined) => names.value.get(id ?? '') || id || '–'
  const { t } = useFormat()
  /** Of a refund: people, keys, and the job that pays back by itself. */
  const who = (id: string) => (id === 'payments' ? t('refunds.by_payments') : nameOf(id))
  return { nameOf, who }
}

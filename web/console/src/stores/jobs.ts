// Long work, live. One EventSource for the whole console; when it breaks, the browser reconnects and the list is read again.
import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import { jobs as api } from '../api'
import { job } from '../api/adapt'
import type { Job } from '../api/types'

export const isOver = (j: Job) => ['succeeded', 'failed', 'cancelled'].includes(j.state)

/** A job event may carry the whole job or only what changed. */
export function mergeJob(known: Map<string, Job>, event: Partial<Job> & { id?: string; job_id?: string }): Map<string, Job> {
  const id = event.id ?? event.job_id
  if (!id) return known
  const next = new Map(known)
  next.set(id, { ...(known.get(id) ?? { id, state: 'running' }), ...event, id })
  return next
}

export const useJobs = defineStore('jobs', () => {
  const known = shallowRef(new Map<string, Job>())
  const live = ref(false)
  let source: EventSource | undefined
  const take = (e: MessageEvent) => {
    try {
      const data = JSON.parse(e.data)
      const told = data.job ?? data
      if (told.job_id ?? told.id) known.value = mergeJob(known.value, told.state ? job(told) : told)
    } catch { /* a heartbeat */ }
  }
  async function refresh() {
    const answer = await api.list({ page_size: 100 })
    known.value = (answer.jobs ?? []).reduce(mergeJob, new Map())
    return answer
  }
  function listen() {
    if (source || typeof EventSource === 'undefined') return
    source = new EventSource('/v1/jobs/events')
    source.onopen = () => { live.value = true }
    source.onerror = () => { live.value = false }
    source.onmessage = take
    for (const kind of ['job', 'progress', 'log', 'state']) source.addEventListener(kind, take)
  }
  const stop = () => { source?.close(); source = undefined; live.value = false }
  const all = computed(() => [...known.value.values()].sort((a, b) => (b.created_at_ms ?? b.started_at_ms ?? 0) - (a.created_at_ms ?? a.started_at_ms ?? 0)))
  return { known, all, live, running: computed(() => all.value.filter((j) => !isOver(j))), refresh, listen, stop }
})

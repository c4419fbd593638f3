// Saving one part of the settings of stock: they are read anew first, so that what another form set meanwhile stays. Nothing is sent while `ready` says no; `wrong` is why the last time failed.
import { ref, shallowRef } from 'vue'
import { ElMessage } from 'element-plus/es/components/message/index.mjs'
import { supply as api } from '../../api'
import type { ApiError } from '../../api/call'
import { useFormat } from '../../lib/use_format'

type Settings = Awaited<ReturnType<typeof api.settings>>

export function useSaving(part: (now: Settings) => Partial<Parameters<typeof api.saveSettings>[0]>, read: () => Promise<unknown>, ready: () => boolean) {
  const { t, reason } = useFormat()
  const busy = ref(false), wrong = shallowRef<ApiError>()
  async function save() {
    if (busy.value || !ready()) return
    busy.value = true
    wrong.value = undefined
    try {
      const now = await api.settings()
      await api.saveSettings({ ...now, ...part(now) })
      ElMessage.success(t('supply.settings_saved'))
      await read()
    } catch (e) { wrong.value = e as ApiError; ElMessage.error(reason(e as ApiError)) } finally { busy.value = false }
  }
  return { busy, save, wrong }
}

import type { Risk } from '#shared/domain/runbook/schema.ts'
import { fixedBeginning, type Word } from './word.ts'

const harmless = /^\/dev\/(?:null|stdout|stderr|tty|fd\/\d+)$|^-$/
const system =
  /^\/(?:etc|boot|usr|bin|sbin|lib\w*|proc|sys|root|var\/lib|var\/spool|System|Library)(?:\/|$)/

/** What writing to a file would do: nothing, a change, or harm to the system or a device. */
export function targetRisk(target: Word): Risk {
  const { value } = target
  if (value !== null && harmless.test(value)) return 'read'
  const path = (value ?? fixedBeginning(target)).replace(/\/\.?(?=\/)/g, '')
  if (/^\/dev\/(?!(?:tcp|udp|shm)\/)/.test(path)) return 'destroy'
  return system.test(path) ||
    (/(?:^|\/)\.\.(?:\/|$)/.test(path) && /\/(?:etc|boot|usr)\//.test(path))
    ? 'destroy'
    : 'change'
}

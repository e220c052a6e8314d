import type { Right } from '../domain/person/right.ts'
import type { OperationName } from './contract.ts'

/** The right that each operation needs. */
export const needs = {
  'incident.acknowledge': 'act',
  'incident.unacknowledge': 'act',
  'incident.snooze': 'act',
  'incident.unsnooze': 'act',
  'incident.note': 'act',
  'incident.resolve': 'act',
  'incident.reopen': 'act',
  'incident.close': 'act',
  // They hold back the pages of this machine, which are its owner's.
  'quiet.start': 'configure',
  'quiet.end': 'configure',
  'focus.start': 'configure',
  'focus.end': 'configure',
  why: 'read',
  'incident.timeline': 'read',
  'source.poll': 'act',
  'source.test': 'act',
  // It rings on the owner's desktop.
  'channel.test': 'configure',
  'settings.read': 'configure',
  'settings.write': 'configure',
  // It calls an address of the caller's choice.
  'source.try': 'configure',
  'secret.store': 'configure',
  'secret.forget': 'configure',
  'secret.status': 'configure',
  'drill.control': 'act',
} as const satisfies Record<OperationName, Right>

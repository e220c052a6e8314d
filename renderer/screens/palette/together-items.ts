import type { Incident } from '#shared/domain/incident/schema.ts'
import { isIncidentOpen } from '#shared/domain/incident/status.ts'
import { keptRefusal, refusalOf, rightRefusal } from '../../engine/commands/availability.ts'
import type { Cockpit } from '../../engine/cockpit/cockpit.ts'
import type { KeptName } from '../../engine/offline/kept-command.ts'
import type { IncidentForm } from '../../engine/page/incident-form.ts'
import { keyOf, type ShortcutAction } from '../../keyboard/shortcuts.ts'
import { formTitle } from '../../parts/incident-forms/form-titles.ts'
import { judge } from '../../parts/incident-actions/judge.ts'
import type { PaletteGroup, PaletteItem } from './item.ts'

interface FormItem {
  readonly form: IncidentForm
  readonly command: KeptName
  readonly title: string
  /** The key that does the same in an open incident. */
  readonly key: ShortcutAction
  readonly keywords: string
}

const formItems: readonly FormItem[] = [
  {
    form: { type: 'severity' },
    command: 'incident.set-severity',
    title: 'Set the severity…',
    key: 'set-severity',
    keywords: 'priority raise lower downgrade upgrade P0 P1 P2 P3',
  },
  {
    form: { type: 'hypothesis' },
    command: 'hypothesis.open',
    title: 'Add a hypothesis…',
    key: 'add-hypothesis',
    keywords: 'cause theory idea suspect',
  },
  {
    form: { type: 'decision' },
    command: 'decision.make',
    title: 'Record a decision…',
    key: 'add-decision',
    keywords: 'decide',
  },
  {
    form: { type: 'measure' },
    command: 'measure.take',
    title: 'Record a temporary measure…',
    key: 'add-measure',
    keywords: 'workaround feature flag switched off',
  },
  {
    form: { type: 'task', taskId: null },
    command: 'task.open',
    title: 'Add a task…',
    key: 'add-task',
    keywords: 'to do action item owner due',
  },
  {
    form: { type: 'approval' },
    command: 'approval.ask',
    title: 'Request an approval…',
    key: 'ask-approval',
    keywords: 'emergency deployment permission sign off',
  },
  {
    form: { type: 'update' },
    command: 'update.write',
    title: 'Write an update…',
    key: 'write-update',
    keywords: 'status stakeholders inform others',
  },
]

/** What people do together on an incident, its verdict, and what makes two of one or one of two. */
export function togetherItems(
  cockpit: Cockpit,
  incident: Incident,
  group: PaletteGroup,
): readonly PaletteItem[] {
  const { actions, mirror, ui } = cockpit
  const state = mirror.getState()
  const { id, title } = incident
  const isOpenHere = ui.getState().screen === 'incidents'
  const item = (
    name: string,
    words: Pick<PaletteItem, 'title'> & Partial<PaletteItem>,
    run: () => void,
  ): PaletteItem => ({
    id: `incident-${name}`,
    group,
    detail: title,
    refusedBecause: null,
    run,
    ...words,
  })
  const open = (form: IncidentForm) => () =>
    actions.open({ kind: 'incident-form', incidentId: id, form })
  // Their keys work in the open incident.
  const hint = (key: ShortcutAction) => (isOpenHere ? keyOf(key) : '')
  const isConfidential = state.watch?.restrictions.get(id)?.isInForce === true
  const noVerdict = rightRefusal(state.status, 'incident.judge')
  return [
    ...(isOpenHere
      ? []
      : [
          item(
            'whole',
            {
              title: 'Open the whole incident',
              keywords: 'page full war room roles tasks catch up details',
              hint: keyOf('open-page'),
            },
            () => actions.showPast(id),
          ),
        ]),
    ...formItems.map(({ form, command, title: words, key, keywords }) =>
      item(
        form.type,
        {
          title: words,
          keywords,
          hint: hint(key),
          refusedBecause: keptRefusal(incident, state, command),
        },
        open(form),
      ),
    ),
    item(
      'impact',
      {
        title: 'Change impact…',
        keywords: 'set harm affected users customers revenue money risks measured values',
        refusedBecause: keptRefusal(incident, state, 'impact.set'),
      },
      () => actions.open({ kind: 'impact', incidentId: id }),
    ),
    item(
      'confidential',
      {
        title: isConfidential ? 'Change who can see it…' : 'Make confidential…',
        keywords: 'private secret restrict hide people lift visible',
        refusedBecause: refusalOf(state, 'incident.restrict'),
      },
      () => actions.open({ kind: 'confidential', incidentId: id }),
    ),
    item(
      'judge-real',
      { title: 'Verdict: real', hint: hint('judge-real'), refusedBecause: noVerdict },
      () => judge(cockpit, incident, 'real'),
    ),
    item(
      'judge-false-alarm',
      {
        title: 'Verdict: false alarm',
        keywords: 'false positive noise',
        hint: hint('judge-false-alarm'),
        refusedBecause: noVerdict,
      },
      () => judge(cockpit, incident, 'false-alarm'),
    ),
    item(
      'judge-duplicate',
      {
        title: 'Verdict: duplicate of…',
        hint: hint('judge-duplicate'),
        refusedBecause: noVerdict,
      },
      () => judge(cockpit, incident, 'duplicate'),
    ),
    item(
      'merge',
      {
        title: `${formTitle({ type: 'merge' })}…`,
        keywords: 'join combine same',
        refusedBecause:
          incident.status === 'closed'
            ? 'This incident is closed.'
            : refusalOf(state, 'incident.merge'),
      },
      open({ type: 'merge' }),
    ),
    item(
      'split',
      {
        title: `${formTitle({ type: 'split' })}…`,
        keywords: 'separate own incident',
        refusedBecause: isIncidentOpen(incident)
          ? refusalOf(state, 'incident.split')
          : `This incident is ${incident.status}.`,
      },
      open({ type: 'split' }),
    ),
  ]
}

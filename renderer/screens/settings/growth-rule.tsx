import { growthRuleTexts } from '#shared/domain/incident/growth-words.ts'
import { useMirror } from '../../engine/cockpit/context.ts'
import screen from './settings.module.css'

/** When what joins an acknowledged or snoozed incident pages again. It is changed in the file. */
export function GrowthRuleWords() {
  const rule = useMirror(({ status }) => status?.growth)
  if (rule === undefined) return null
  return (
    <section className={screen.panel} aria-label="Growth">
      <h3 className={screen.heading}>Growth after an acknowledgement or a snooze</h3>
      {growthRuleTexts(rule).map((text) => (
        <p key={text} className={screen.lead}>
          {text}
        </p>
      ))}
      <p className={screen.lead}>
        Change it in the configuration file, as in <code>growth: {'{ times: 2, more: 3 }'}</code>.
      </p>
    </section>
  )
}

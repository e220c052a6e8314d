// @vitest-environment jsdom
import { describe, expect, it } from 'vitest'
import { useUi } from '#renderer/engine/cockpit/context.ts'
import { useFrameShortcuts } from '#renderer/screens/frame/use-frame-shortcuts.ts'
import { Runbooks } from '#renderer/screens/runbooks/runbooks.tsx'
import { runbookFileWith } from '#test/fixtures/runbook-entries.ts'
import { incidentWith } from '#test/fixtures/watch-entities.ts'
import { AllProviders } from '../../../all-providers.tsx'
import { showCockpit, stateWith } from '../../../shown-cockpit.tsx'

const text = `# Disk full

## Diagnosis

1. How full is it?

   \`\`\`sh
   NODE='<the node>'
   ssh "$NODE" df
   \`\`\`
2. If the journal is large, vacuum it. Otherwise extend the volume.
`
const disk = runbookFileWith('disk.md', text)

function Page() {
  useFrameShortcuts()
  const screen = useUi((ui) => ui.screen)
  return screen === 'runbooks' ? <Runbooks /> : <main aria-label={screen} />
}

/** The walkthrough of a runbook, with the keys of the whole page around it. */
async function showWalkthrough() {
  const shown = showCockpit(
    <AllProviders>
      <Page />
    </AllProviders>,
    stateWith({ incidents: [incidentWith({ id: 'i1' })] }),
    { runbooks: { revision: 1 } },
  )
  const { cockpit, until, asked, answer, screen } = shown
  cockpit.actions.showRunbook({ id: disk.id, fragment: null, incidentId: 'i1' })
  await until(() => asked('runbook.read').length > 0)
  await answer('runbook.read', { entry: disk, text })
  await until(() => screen.queryByRole('heading', { name: /^Step 1/ }) !== null)
  return shown
}

describe('the keys of the places, while a runbook is followed', () => {
  it.each([
    ['1', 'now'],
    ['2', 'alerts'],
    ['3', 'incidents'],
    ['7', 'playbook'],
    ['9', 'settings'],
  ])('lead away from it: %s', async (key, place) => {
    const { user, cockpit } = await showWalkthrough()
    await user.keyboard(key)
    expect(cockpit.ui.getState().screen).toBe(place)
  })

  it('lead to the list of all runbooks, and from elsewhere back to what was followed', async () => {
    const { user, screen, answer } = await showWalkthrough()
    await user.keyboard('1')
    await user.keyboard('4')
    expect(screen.getByRole('heading', { name: /^Step 1/ })).toBe(document.activeElement)
    await user.keyboard('4')
    await answer('runbook.list', { revision: 1, entries: [disk], more: 0 })
    expect(screen.queryByRole('heading', { name: /^Step 1/ })).toBeNull()
    expect(document.activeElement?.textContent).toContain('Disk full')
  })

  it('are text where somebody is typing', async () => {
    const { user, cockpit, screen } = await showWalkthrough()
    await user.type(screen.getByLabelText(/NODE/), 'web-1')
    expect(cockpit.ui.getState().screen).toBe('runbooks')
    expect(screen.getByDisplayValue('web-1')).toBeTruthy()
  })
})

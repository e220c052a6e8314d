// @vitest-environment jsdom
import { describe, expect, it } from 'vitest'
import { AsOfSources } from '#renderer/parts/sources/as-of-sources.tsx'
import type { Source } from '#shared/domain/source/schema.ts'
import { showCockpit } from '../../shown-cockpit.tsx'

const source: Source = {
  id: 'am',
  name: 'am',
  type: 'alertmanager',
  health: 'failing',
  since: 0,
  lastAnswerAt: null,
  problem: null,
  instance: null,
  rejections: [],
  moreRejections: 0,
  revision: 1,
}

describe('how old what is shown is', () => {
  it('is not said of a source that never answered', () => {
    const { screen } = showCockpit(<AsOfSources silent={[source]} />)
    expect(screen.getByText('no data yet: am unreachable')).toBeTruthy()
    expect(document.body.textContent).not.toContain('as of')
  })

  it('is said of the sources that answered, apart from those that never did', () => {
    const heard = { ...source, id: 'eu', name: 'eu', lastAnswerAt: 1_700_000_000_000 }
    showCockpit(<AsOfSources silent={[source, heard]} />)
    expect(document.body.textContent).toMatch(
      /as of .*\d\d:\d\d.*: eu unreachable; no data yet: am unreachable/,
    )
  })
})

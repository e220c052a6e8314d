import { useState } from 'react'
import { browserStore } from '../../engine/page/local-store.ts'
import { GuideContext } from './guide-context.ts'
import { createGuide } from './guide-store.ts'

/** Keeps how far the first steps are, for what leads to them from elsewhere too. */
export function GuideProvider({ children }: { readonly children: React.ReactNode }) {
  const [guide] = useState(() => createGuide(browserStore()))
  return <GuideContext value={guide}>{children}</GuideContext>
}

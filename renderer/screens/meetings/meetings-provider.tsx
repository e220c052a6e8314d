import { useEffect, useState } from 'react'
import { useRequest } from '../../components/use-request.ts'
import { useCockpit, useUi } from '../../engine/cockpit/context.ts'
import { MeetingsContext } from './meetings-context.ts'
import { createMeetingsModel } from './meetings-model.ts'

/** Keeps the agendas while one goes from screen to screen. */
export function MeetingsProvider({ children }: { readonly children: React.ReactNode }) {
  const cockpit = useCockpit()
  const [model] = useState(() =>
    createMeetingsModel({
      ...cockpit,
      after: (ms, callback) => {
        const timer = setTimeout(callback, ms)
        return () => clearTimeout(timer)
      },
    }),
  )
  useEffect(() => model.follow(), [model])
  useRequest(
    useUi(({ meetingRequest }) => meetingRequest),
    ({ kind }) => model.show(kind),
  )
  return <MeetingsContext value={model}>{children}</MeetingsContext>
}

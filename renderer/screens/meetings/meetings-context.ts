import { createContext, use } from 'react'
import { useStore } from 'zustand'
import type { MeetingsModel, MeetingsState } from './meetings-model.ts'

/** The meetings that the components below share. */
export const MeetingsContext = createContext<MeetingsModel | null>(null)

/** @throws where no model is around, which is a bug. */
export function useMeetingsModel(): MeetingsModel {
  const model = use(MeetingsContext)
  if (!model) throw new Error('This component needs the model of meetings around it')
  return model
}

/** Reads from the model; renders again only when the selected value changes. */
export function useMeetings<Value>(select: (state: MeetingsState) => Value): Value {
  return useStore(useMeetingsModel().store, select)
}

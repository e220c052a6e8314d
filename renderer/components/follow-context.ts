import { createContext } from 'react'

/**
 * What follows a link within the cockpit, such as one to a file of the playbook; null for one that
 * leads to nothing here. Links of texts from outside ask it before they become plain words.
 */
export type Follow = (href: string) => (() => void) | null

export const FollowContext = createContext<Follow>(() => null)

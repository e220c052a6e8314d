/** Keys that the list of all alerts takes while it has the focus, for the help. */
export const listKeys = [
  {
    keys: ['ArrowDown', 'ArrowUp'],
    says: 'Next and previous alert; from the filter, Enter goes there',
  },
  { keys: ['Enter'], says: 'All of an alert, and back' },
  { keys: ['Space'], says: 'Choose it; with Shift a range, with Ctrl A all' },
  { keys: ['a', 's'], says: 'Acknowledge or snooze the incidents of what is chosen' },
  { keys: ['w'], says: 'Why does it call nobody, or somebody?' },
] as const

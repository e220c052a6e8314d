; Windows: deckwatch:// links open Deckwatch from the moment it is installed until it is removed.
!macro customInstall
  DeleteRegKey SHCTX "Software\Classes\deckwatch"
  WriteRegStr SHCTX "Software\Classes\deckwatch" "" "URL:Deckwatch incident"
  WriteRegStr SHCTX "Software\Classes\deckwatch" "URL Protocol" ""
  WriteRegStr SHCTX "Software\Classes\deckwatch\DefaultIcon" "" "$appExe,0"
  ; What follows -- is never an option: an address cannot switch the sandbox off.
  WriteRegStr SHCTX "Software\Classes\deckwatch\shell\open\command" "" '"$appExe" -- "%1"'
!macroend

!macro customUnInstall
  ; An update removes the old version first: the link stays.
  ${ifNot} ${isUpdated}
    DeleteRegKey SHCTX "Software\Classes\deckwatch"
  ${endIf}
!macroend

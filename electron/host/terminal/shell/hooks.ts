/** Shells that tell where their commands begin and end. */
export type ShellKind = 'bash' | 'zsh'

/**
 * What bash reads in place of the person's own file, which it reads first. PS0 is shown once a line was
 * read and before any of it runs; the text is that of the history, whose rules are kept: what it leaves
 * out is not recorded. Only that it leaves repeated lines out is done here, since they are wanted.
 *
 * @param word stands in each mark, see {@link createMarkReader}.
 */
export function bashHooks(word: string): string {
  return String.raw`[ -f ~/.bashrc ] && . ~/.bashrc
if (( BASH_VERSINFO[0] * 100 + BASH_VERSINFO[1] < 404 )); then
  echo 'deckwatch: This bash is older than 4.4: its commands are not recorded. Use deckwatch run -- COMMAND.' >&2
else
  __deckwatch_word=${word}
  __deckwatch_number=
  __deckwatch_line=
  __deckwatch_dups=
  [[ ${'$'}{HISTCONTROL-} == *ignoreboth* || ${'$'}{HISTCONTROL-} == *dups* ]] && __deckwatch_dups=1
  if [[ ${'$'}{HISTCONTROL-} == *ignoreboth* || ${'$'}{HISTCONTROL-} == *ignorespace* ]]; then
    HISTCONTROL=ignorespace
  else
    HISTCONTROL=
  fi
  # Sets REPLY to a text in which nothing ends a mark or a part of it.
  __deckwatch_escape() {
    REPLY=${'$'}{1//\\/\\\\}
    REPLY=${'$'}{REPLY//;/\\s}
    REPLY=${'$'}{REPLY//$'\n'/\\n}
    REPLY=${'$'}{REPLY//[[:cntrl:]]/}
  }
  # Sets number and line to the last ones of the history.
  __deckwatch_last() {
    local entry
    entry=$(HISTTIMEFORMAT= builtin history 1)
    number= line=
    [[ $entry =~ ^\ *([0-9]+)[\ *]\ (.*)$ ]] || return 0
    number=${'$'}{BASH_REMATCH[1]}
    line=${'$'}{BASH_REMATCH[2]}
  }
  __deckwatch_begun() {
    local number line folder REPLY
    __deckwatch_last
    [[ -z $number || $number == "$__deckwatch_number" || $line == \ * ]] && return
    __deckwatch_escape "$PWD"
    folder=$REPLY
    __deckwatch_escape "$line"
    builtin printf '\e]7373;%s;B;%s;%s\a' "$__deckwatch_word" "$folder" "$REPLY"
  }
  __deckwatch_ended() {
    local code=$? number line
    builtin printf '\e]7373;%s;E;%s\a' "$__deckwatch_word" "$code"
    __deckwatch_last
    if [[ -n $__deckwatch_dups && $number != "$__deckwatch_number" && $line == "$__deckwatch_line" ]]; then
      builtin history -d "$number" && __deckwatch_last
    fi
    __deckwatch_number=$number
    __deckwatch_line=$line
    return $code
  }
  __deckwatch_prompt() {
    local code=$?
    [[ ${'$'}{PS1-} == '(deckwatch) '* ]] || PS1="(deckwatch) ${'$'}{PS1-}"
    return $code
  }
  PS0=${'$'}{PS0-}'$(__deckwatch_begun)'
  if [[ $(declare -p PROMPT_COMMAND 2>/dev/null) == 'declare -a'* ]]; then
    PROMPT_COMMAND=(__deckwatch_ended "${'$'}{PROMPT_COMMAND[@]}" __deckwatch_prompt)
  else
    PROMPT_COMMAND=__deckwatch_ended$'\n'${'$'}{PROMPT_COMMAND-}$'\n'__deckwatch_prompt
  fi
fi
`
}

/**
 * What zsh reads first, from a folder of ours: it goes back to the person's own files, and adds hooks.
 *
 * @param word as above.
 */
export function zshHooks(word: string): string {
  return String.raw`if [[ -n ${'$'}{DECKWATCH_ZDOTDIR-} ]]; then
  export ZDOTDIR=$DECKWATCH_ZDOTDIR
  unset DECKWATCH_ZDOTDIR
else
  unset ZDOTDIR
fi
[[ -f ${'$'}{ZDOTDIR:-$HOME}/.zshenv ]] && source ${'$'}{ZDOTDIR:-$HOME}/.zshenv
if [[ -o interactive ]]; then
  typeset -g __deckwatch_word=${word}
  __deckwatch_escape() {
    emulate -L zsh
    REPLY=${'$'}{1//\\/\\\\}
    REPLY=${'$'}{REPLY//;/\\s}
    REPLY=${'$'}{REPLY//$'\n'/\\n}
    REPLY=${'$'}{REPLY//[[:cntrl:]]/}
  }
  __deckwatch_begun() {
    emulate -L zsh
    local line=$1 folder REPLY
    # It is empty where the history does not keep it.
    [[ -z $line || $line == ' '* ]] && return
    __deckwatch_escape $PWD
    folder=$REPLY
    __deckwatch_escape $line
    builtin printf '\e]7373;%s;B;%s;%s\a' $__deckwatch_word $folder $REPLY
  }
  __deckwatch_ended() {
    local code=$?
    builtin printf '\e]7373;%s;E;%s\a' $__deckwatch_word $code
    # What zsh itself would print before this, so that it would be in the record.
    [[ -n $__deckwatch_sp ]] && print -nP -- "${'$'}{PROMPT_EOL_MARK-%B%S%#%s%b}${'$'}{(l:COLUMNS-1:)}"$'\r \r'
  }
  __deckwatch_prompt() {
    [[ $PS1 == '(deckwatch) '* ]] || PS1="(deckwatch) $PS1"
  }
  # The last to be added, so that the person's own files and their prompts come first.
  __deckwatch_first() {
    local code=$?
    typeset -g __deckwatch_sp=
    [[ -o promptsp ]] && __deckwatch_sp=1
    unsetopt promptsp
    precmd_functions=(__deckwatch_ended ${'$'}{precmd_functions:#__deckwatch_first} __deckwatch_prompt)
    preexec_functions+=(__deckwatch_begun)
    __deckwatch_prompt
    return $code
  }
  typeset -ga precmd_functions preexec_functions
  precmd_functions+=(__deckwatch_first)
fi
`
}

_logto_iac() {
  local value words=()
  # Where bash splits words at =, --format=json are three.
  for value in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do [[ $value == = ]] || words+=("$value"); done
  local current=${COMP_WORDS[COMP_CWORD]}
  [[ $current == = ]] && current=
  COMPREPLY=()
  while IFS=$'\t' read -r value _; do
    if [[ $value == :files ]]; then compopt -o default; else COMPREPLY+=("$value"); fi
  done < <(logto-iac complete -- "${words[@]}" ".$current" 2>/dev/null)
}
complete -F _logto_iac logto-iac

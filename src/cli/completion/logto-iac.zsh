#compdef logto-iac
_logto_iac() {
  local line files
  local -a found
  for line in "${(@f)$(logto-iac complete -- "${(@)words[2,CURRENT-1]}" ".${words[CURRENT]}" 2>/dev/null)}"; do
    if [[ $line == :files ]]; then files=1
    elif [[ -n $line ]]; then found+=("${${line%%$'\t'*}//:/\\:}:${line#*$'\t'}")
    fi
  done
  (( $#found )) && _describe 'logto-iac' found
  [[ -z $files ]] || _files
}
# In a folder of $fpath this file is the function that is asked; else it is read once.
if [[ ${funcstack[1]} == _logto-iac ]]; then _logto_iac; else compdef _logto_iac logto-iac; fi

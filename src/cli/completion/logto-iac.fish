function __logto_iac_complete
  set -l before (commandline -opc)
  set -l current (commandline -ct)
  for line in (logto-iac complete -- $before[2..-1] .$current 2>/dev/null)
    if test $line = :files
      __fish_complete_path $current
    else
      echo $line
    end
  end
end
complete -c logto-iac -f -a '(__logto_iac_complete)'

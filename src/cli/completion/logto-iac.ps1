Register-ArgumentCompleter -Native -CommandName logto-iac -ScriptBlock {
  param($current, $line, $position)
  $before = @($line.CommandElements | Where-Object { $_.Extent.EndOffset -lt $position } | Select-Object -Skip 1 |
    ForEach-Object { $_.ToString() })
  logto-iac complete '--' @before ".$current" 2>$null | ForEach-Object {
    $value, $description = $_ -split [char]9, 2
    if ($value -eq ':files') { Get-ChildItem -Name "$current*" -ErrorAction SilentlyContinue }
    else {
      if (-not $description) { $description = $value }
      [System.Management.Automation.CompletionResult]::new($value, $value, 'ParameterValue', $description)
    }
  }
}

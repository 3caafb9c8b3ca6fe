// F01: includes a file of the host that anybody may read there.
// right: COMPILE_ERROR
begin
{$I @SECRET_FILE@}
{$I /etc/passwd}
end.

// F09: links a file that was handed in beside it: a linker script with the ending of an object.
// gives: x.o INPUT(@SECRET_FILE@)
// right: COMPILE_ERROR
{$L x.o}
procedure answer; cdecl; external;
begin
  answer;
end.

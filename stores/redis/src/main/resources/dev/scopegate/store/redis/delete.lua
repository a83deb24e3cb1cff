-- message, id: whether it was there.
local token = row(ARGV[2])
if not token then return 0 end
remove(token)
tell(ARGV[1])
return 1

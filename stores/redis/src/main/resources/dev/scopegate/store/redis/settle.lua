-- of each part of a lease its key, what was granted and what was used.
for i = 1, #ARGV, 3 do settle(ARGV[i], ARGV[i + 1], ARGV[i + 2]) end
return 1

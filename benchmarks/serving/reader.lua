-- Somebody who reads turns to the next page after a while: here one to four milliseconds.
function delay()
  return math.random(1, 4)
end
